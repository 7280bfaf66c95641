import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { installCluster } from '@tenantry/db/cluster'
import { startEmbedded } from '@tenantry/db/embedded'
import { askUsage, takeSizes } from '@tenantry/worker'
import pg from 'pg'
import type { Case } from '../case.ts'

const tablesEach = 20
/** Of a hundred tenants so many have written since the last look. */
const active = 5
/** A transaction holds the locks of what it makes. */
const atOnce = 10

/**
 * A look at every tenant and the exact sizes of the 5 % that have changed, against the sizes of all of them as one would
 * ask for them: pg_total_relation_size over every table. With 10,000 tenants the goal is 3 s; `--tenants` says how many.
 */
export const refreshUsage: Case = {
  name: 'usage refresh',
  peer: 'pg_total_relation_size of all',
  limit: 1,
  goal: { p50: 3000, p99: 3000 },
  measure: (options) =>
    measureUsage(options, async ({ connect, tenants, n }) => {
      const client = await connect()
      const seen = await askUsage(client, undefined).finally(() => client.end())
      const step = Math.floor(100 / active)
      const changed = tenants.filter((_, i) => i % step === n % step)
      const { sizes } = await takeSizes(
        connect,
        { all: tenants, changed },
        { sweep: false, mayReadFiles: seen.mayReadFiles },
      )
      if (sizes.size < changed.length) throw new Error(`${sizes.size} of ${changed.length} sizes`)
    }),
}

/** The exact sizes of every tenant, from the files. With 10,000 tenants the goal is 30 s. */
export const sweepUsage: Case = {
  name: 'usage sweep',
  peer: 'pg_total_relation_size of all',
  limit: 4,
  goal: { p50: 30_000, p99: 30_000 },
  measure: (options) =>
    measureUsage(options, async ({ connect, tenants }) => {
      const { sizes } = await takeSizes(
        connect,
        { all: tenants, changed: [] },
        { sweep: true, mayReadFiles: true },
      )
      if (sizes.size !== tenants.length) throw new Error(`${sizes.size} of ${tenants.length} sizes`)
    }),
}

interface Round {
  readonly n: number
  readonly tenants: readonly string[]
  connect(): Promise<pg.Client>
}

async function measureUsage(
  { pairs, tenants: count }: { pairs: number; tenants: number },
  collect: (round: Round) => Promise<void>,
) {
  const root = mkdtempSync(path.join(tmpdir(), 'tenantry-bench-usage-'))
  const server = await startEmbedded({
    dir: path.join(root, 'pg'),
    password: 'bench',
    settings: { fsync: 'off', autovacuum: 'off', max_locks_per_transaction: '1024' },
  })
  try {
    const { workerUrl } = await installCluster(server.url, {
      workerPassword: randomBytes(12).toString('hex'),
    })
    const open = async (url: string) => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      return client
    }
    const admin = await open(server.url)
    const tenants = await makeTenants(admin, count)
    const ours: number[] = []
    const peer: number[] = []
    for (let n = -1; n < Math.min(pairs, 5); n++) {
      const begun = performance.now()
      await collect({ n: n + 1, tenants, connect: () => open(workerUrl) })
      const between = performance.now()
      const plain = await open(server.url)
      await plain.query(`select n.nspname, sum(pg_total_relation_size(c.oid)) from pg_class c
        join pg_namespace n on n.oid = c.relnamespace where n.nspname like 't\\_%' and c.relkind in ('r', 'm', 'S') group by 1`)
      await plain.end()
      if (n < 0) continue
      ours.push(between - begun)
      peer.push(performance.now() - between)
    }
    await admin.end()
    return { ours, peer }
  } finally {
    await server.stop()
    rmSync(root, { recursive: true, force: true })
  }
}

/** Lanes and schemas alone: what a look reads of a tenant, without the time that provisioning it would take. */
async function makeTenants(admin: pg.Client, count: number): Promise<string[]> {
  const ids: string[] = []
  const tables = Array.from(
    { length: tablesEach },
    (_, t) =>
      `create table %1$I.t${t} (id bigint primary key, note text); insert into %1$I.t${t} values (1, 'x');`,
  ).join('\n')
  for (let from = 0; from < count; from += atOnce) {
    const part = Array.from(
      { length: Math.min(atOnce, count - from) },
      (_, i) => `tn_${String(from + i).padStart(26, '0')}`,
    )
    ids.push(...part)
    await admin.query(`
      do $$ declare v_id text; begin
        foreach v_id in array array['${part.join("','")}'] loop
          insert into tenantry.tenant (tenant_id, schema, owner_role, writer_role, app_role, schema_created_at)
            values (v_id, 't_' || v_id, v_id, v_id || '_w', v_id || '_app', now());
          execute format('create schema %I', 't_' || v_id);
          execute format($ddl$${tables}$ddl$, 't_' || v_id);
        end loop;
      end $$`)
  }
  return ids
}
