import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { archiveTenant, purgeTenant, renameTenant, runVerb, systemActor } from '@tenantry/core'
import { startEmbedded } from '@tenantry/db/embedded'
import pg from 'pg'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Clusters, openClusters } from '../clusters/clusters.ts'
import { type Fleet, startFleet } from '../testing/start-fleet.ts'
import { collectUsage } from './collect-usage.ts'

// A server of its own: one of the tests lets it crash.
const root = mkdtempSync(path.join(tmpdir(), 'tenantry-usage-'))
let server: Awaited<ReturnType<typeof startEmbedded>>
let fleet: Fleet
let clusters: Clusters
let library: string

beforeAll(async () => {
  server = await startEmbedded({
    dir: path.join(root, 'pg'),
    password: 'test',
    settings: { fsync: 'off', full_page_writes: 'off', autovacuum: 'off' },
  })
  fleet = await startFleet({ clusterServer: server.url })
  clusters = openClusters(fleet.masterKey, 4, pino({ level: 'silent' }))
}, 60_000)
afterAll(async () => {
  await clusters.close()
  await fleet.close()
  await server.stop()
  rmSync(root, { recursive: true, force: true })
})

/** As the tenant's own statement: its counters are told at once. */
const write = async (query: string) => {
  const client = new pg.Client({ connectionString: fleet.cluster.url })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(query)
    await client.query('select pg_stat_force_next_flush()')
    await client.query('select 1')
  } finally {
    await client.end()
  }
}
/** Collects now. */
const collect = async () => {
  await collectUsage({ core: fleet.core, clusters }, 0).run()
  const [last] = await fleet.rows('select * from control.usage_collection')
  if (last.fault) throw new Error(last.fault)
  return last
}
const usageOf = async (id: string) =>
  (await fleet.rows(`select * from control.usage where tenant_id = '${id}'`))[0]
const exactly = async (schema: string) =>
  Number(
    (
      await fleet.cluster.pool.query(`
        select sum(pg_total_relation_size(c.oid)) as bytes from pg_class c
        where c.relnamespace = '${schema}'::regnamespace and c.relkind in ('r', 'm', 'S')`)
    ).rows[0].bytes,
  )

let north: string
let south: string
const samples = async (id: string) =>
  (await fleet.rows(`select count(*)::int as n from control.usage_sample where tenant_id = '${id}'`))[0].n

describe('collecting usage', () => {
  beforeAll(async () => {
    const worker = await fleet.work()
    library = await fleet.template()
    const made = await Promise.all([fleet.provision(library, 'north'), fleet.provision(library, 'south')])
    for (const { operationId } of made) expect(await fleet.ended(operationId)).toBe('succeeded')
    await worker.close()
    north = made[0]?.tenantId ?? ''
    south = made[1]?.tenantId ?? ''
    await collect()
  }, 60_000)

  it('finds the exact bytes of every tenant: tables, indexes, TOAST', async () => {
    await write(`insert into t_north.book (title) select 'b' || i from generate_series(1, 2000) i`)
    await write(`create table t_north.essay (words text);
      alter table t_north.essay alter words set storage external;
      insert into t_north.essay select repeat('x', 20000) from generate_series(1, 40)`)
    expect(await collect()).toMatchObject({ tenants: 2, sized: 1, locked: 0 })
    const usage = await usageOf(north)
    expect(Number(usage.bytes)).toBe(await exactly('t_north'))
    expect(Number(usage.toast_bytes)).toBeGreaterThan(40 * 20_000)
    expect(Number(usage.bytes)).toBe(
      Number(usage.table_bytes) + Number(usage.index_bytes) + Number(usage.toast_bytes),
    )
    const [{ n }] = (
      await fleet.cluster.pool.query(
        `select count(*) as n from pg_class where relnamespace = 't_north'::regnamespace`,
      )
    ).rows
    expect(usage.relations).toBe(n)
  })

  it('finds the same by the files, all tenants at once', async () => {
    const before = await fleet.rows(
      'select tenant_id, bytes, table_bytes, index_bytes, toast_bytes from control.usage order by 1',
    )
    await fleet.rows('update control.usage_collection set swept_at = null')
    expect(await collect()).toMatchObject({ sized: 2 })
    expect(
      await fleet.rows(
        'select tenant_id, bytes, table_bytes, index_bytes, toast_bytes from control.usage order by 1',
      ),
    ).toEqual(before)
    expect(
      (
        await fleet.cluster.pool.query(`
      select s.table_bytes = f.table_bytes and s.index_bytes = f.index_bytes and s.toast_bytes = f.toast_bytes as same
      from tenantry.usage_files() f join tenantry.usage_sizes(array['${north}', '${south}']) s using (tenant_id)`)
      ).rows,
    ).toEqual([{ same: true }, { same: true }])
  })

  it('asks for no size and writes no row while nothing changes', async () => {
    const [before, kept] = [await usageOf(north), await samples(north)]
    expect(await collect()).toMatchObject({ changed: 0, sized: 0 })
    expect(await usageOf(north)).toEqual(before)
    expect(await samples(north)).toBe(kept)
    // And yet everybody knows that it was looked at.
    const [{ at }] = await fleet.rows(
      `select at from control.metric_now('tenant_bytes') where tenant_id = '${north}'`,
    )
    expect(at > before.seen_at).toBe(true)
  })

  it('writes what has not changed into its history every quarter of an hour', async () => {
    const kept = await samples(south)
    await fleet.rows("update control.usage set sampled_at = now() - interval '16 minutes'")
    await collect()
    expect(await samples(south)).toBe(kept + 1)
  })

  it('notices a TRUNCATE, which no counter tells of', async () => {
    await write('truncate t_north.essay')
    expect(await collect()).toMatchObject({ sized: 1 })
    expect(Number((await usageOf(north)).bytes)).toBe(await exactly('t_north'))
  })

  it('does not wait behind an ALTER that is held open, and takes the size when it has ended', async () => {
    const held = new pg.Client({ connectionString: fleet.cluster.url })
    await held.connect()
    await write(`insert into t_south.book (title) select 'b' || i from generate_series(1, 5000) i`)
    await held.query('begin; alter table t_south.book add column shelf text')
    const begun = performance.now()
    expect(await collect()).toMatchObject({ sized: 0, locked: 1 })
    expect(performance.now() - begun).toBeLessThan(2000)
    await held.query('commit')
    await held.end()
    expect(await collect()).toMatchObject({ locked: 0 })
    expect(Number((await usageOf(south)).bytes)).toBe(await exactly('t_south'))
  })

  it('counts the sessions of a tenant, and how long its oldest transaction is open', async () => {
    await fleet.cluster.pool.query(`alter role ${north}_app login password 'x'`)
    const url = new URL(fleet.cluster.url)
    url.username = `${north}_app`
    url.password = 'x'
    const session = new pg.Client({ connectionString: url.href })
    await session.connect()
    await session.query('begin; select 1')
    await collect()
    const usage = await usageOf(north)
    expect(usage.connections).toBe(1)
    expect(usage.oldest_transaction_seconds).toBeGreaterThan(0)
    expect(await usageOf(south)).toMatchObject({ connections: 0, oldest_transaction_seconds: 0 })
    await session.end()
    await expect.poll(async () => (await collect()) && (await usageOf(north)).connections).toBe(0)
  })

  it('carries counters on over pg_stat_reset', async () => {
    const before = Number((await usageOf(north)).rows_written)
    await fleet.cluster.pool.query('select pg_stat_reset()')
    await write('insert into t_north.loan select null, current_date from generate_series(1, 30)')
    await collect()
    expect(Number((await usageOf(north)).rows_written)).toBe(before + 30)
  })

  it('carries counters on over a crash, which discards them, and looks at everything again', async () => {
    await collect()
    const before = Number((await usageOf(north)).rows_written)
    const victim = new pg.Client({ connectionString: fleet.cluster.url })
    victim.on('error', () => {})
    await victim.connect()
    const { rows } = await victim.query('select pg_backend_pid() as pid')
    const gone = new Promise((resolve) => victim.once('end', resolve))
    process.kill(rows[0].pid, 'SIGKILL')
    await gone
    await expect
      .poll(
        () =>
          write('select 1').then(
            () => true,
            () => false,
          ),
        { timeout: 15_000 },
      )
      .toBe(true)
    await write('insert into t_north.loan select null, current_date from generate_series(1, 7)')
    expect(await collect()).toMatchObject({ sized: 2 })
    expect(Number((await usageOf(north)).rows_written)).toBe(before + 7)
  })

  it('says why it could not, and keeps what it knew', async () => {
    const before = await usageOf(north)
    await fleet.cluster.pool.query('alter function tenantry.usage_sessions() rename to usage_gone')
    await collectUsage({ core: fleet.core, clusters }, 0).run()
    const [{ fault }] = await fleet.rows('select fault from control.usage_collection')
    expect(fault).toContain('usage_sessions')
    expect(await usageOf(north)).toEqual(before)
    await fleet.cluster.pool.query('alter function tenantry.usage_gone() rename to usage_sessions')
    await collect()
  })

  it('gives each cluster to one worker at a time, and writes nothing of one that was overtaken', async () => {
    await collect()
    const before = await usageOf(north)
    await write('insert into t_north.loan select null, current_date from generate_series(1, 5)')
    const slow: Clusters = {
      ...clusters,
      async connect(row) {
        // Meanwhile its patience is over, and another one begins.
        await fleet.rows(
          "update control.usage_collection set started_at = now() - interval '3 minutes', run = run + 1",
        )
        return clusters.connect(row)
      },
    }
    await collectUsage({ core: fleet.core, clusters: slow }, 0).run()
    expect(await usageOf(north)).toEqual(before)
    await collect()
    expect(await usageOf(north)).not.toEqual(before)
  })

  it('follows a tenant that is renamed, and forgets one that is purged but for its history', async () => {
    const worker = await fleet.work()
    const rename = await runVerb(fleet.core, systemActor, renameTenant, {
      idempotencyKey: 'rename-north',
      tenantId: north,
      slug: 'far-north',
      confirmSlug: 'north',
    })
    expect(await fleet.ended(rename.operationId)).toBe('succeeded')
    const archive = await runVerb(fleet.core, systemActor, archiveTenant, {
      idempotencyKey: 'archive-south',
      tenantId: south,
      reason: 'the test ends',
      confirmSlug: 'south',
      keepDays: 0,
    })
    expect(await fleet.ended(archive.operationId)).toBe('succeeded')
    await worker.close()
    await write('insert into t_far_north.loan select null, current_date from generate_series(1, 5)')
    await collect()
    expect(Number((await usageOf(north)).bytes)).toBe(await exactly('t_far_north'))
    expect(await usageOf(south)).toMatchObject({ absent_since: null })
    const again = await fleet.work()
    const purge = await runVerb(fleet.core, systemActor, purgeTenant, {
      idempotencyKey: 'purge-south',
      tenantId: south,
      reason: 'the test ends',
      confirmSlug: 'south',
      beforeWindowEnds: true,
    })
    expect(await fleet.ended(purge.operationId)).toBe('succeeded')
    await again.close()
    await collect()
    expect(await usageOf(south)).toBeUndefined()
    expect(await samples(south)).toBeGreaterThan(0)
  })

  it('marks a tenant whose schema is gone, as of when it was last there', async () => {
    await fleet.cluster.pool.query('alter schema t_far_north rename to t_somewhere')
    await collect()
    expect((await usageOf(north)).absent_since).not.toBeNull()
    await fleet.cluster.pool.query('alter schema t_somewhere rename to t_far_north')
    await collect()
    expect((await usageOf(north)).absent_since).toBeNull()
  })
})
