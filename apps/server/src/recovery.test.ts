import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createQueue, openBoss, provisionTenant, publishTemplate, runVerb, systemActor } from '@tenantry/core'
import { openControl, openVault } from '@tenantry/db'
import pg from 'pg'
import pino from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { brokenInvariants } from './testing/invariants.ts'
import { type ServerProcess, spawnServer } from './testing/spawn-server.ts'

const home = mkdtempSync(path.join(tmpdir(), 'tenantry-recovery-'))
const tenants = 30
const quiet = pino({ level: 'silent' })
let server: ServerProcess | undefined

const start = async () => {
  server = spawnServer({ TENANTRY_HOME: home, TENANTRY_DEMO: '0', TENANTRY_LEASE_SECONDS: '1' })
  await server.ready
  return server
}
const postmaster = () => {
  const [pid, , , port] = readFileSync(path.join(home, 'postgres/postmaster.pid'), 'utf8').split('\n')
  return { pid: Number(pid), port: Number(port) }
}
const urlOf = (database: string) => {
  const password = readFileSync(path.join(home, 'postgres.password'), 'utf8').trim()
  return `postgres://postgres:${password}@127.0.0.1:${postmaster().port}/${database}`
}

/** Asks the control database a question over a connection of its own: the last one may be dead by now. */
async function ask(query: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: urlOf('tenantry_control') })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}
const active = async () =>
  Number((await ask(`select count(*) from control.tenant where state = 'active'`))[0]?.count)

/** Requests everything as the API would, then lets go of the database. */
async function requestTenants(): Promise<void> {
  const url = urlOf('tenantry_control')
  const { db, pool } = openControl(url, { name: 'recovery' })
  const boss = await openBoss(url, { name: 'recovery', supervise: false, onError: () => {} })
  const core = { db, queue: createQueue(boss), log: quiet, vault: openVault(Buffer.alloc(32)) }
  const published = await runVerb(core, systemActor, publishTemplate, {
    idempotencyKey: 'recovery-template',
    slug: 'library',
    name: 'Library',
    description: '',
    migrations: [
      {
        version: 1,
        name: 'book',
        sql: 'create table book (id bigint generated always as identity primary key, title text not null);',
      },
    ],
    seed: "insert into book (title) select 'Volume ' || n from generate_series(1, 500) n;",
  })
  await expect
    .poll(async () => (await ask(`select state from control.template_version`))[0]?.state, {
      timeout: 30_000,
    })
    .toBe('ready')
  for (let n = 1; n <= tenants; n++) {
    await runVerb(core, systemActor, provisionTenant, {
      idempotencyKey: `recovery-tenant-${n}`,
      slug: `recovery-${n}`,
      displayName: `Recovery ${n}`,
      templateId: published.templateId ?? '',
      labels: {},
      notes: '',
      fromPool: true,
    })
  }
  await boss.stop({ graceful: false })
  await pool.end()
}

afterAll(async () => {
  server?.kill('SIGKILL')
  await server?.ended
  if (existsSync(path.join(home, 'postgres/postmaster.pid'))) process.kill(postmaster().pid, 'SIGKILL')
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
})

describe('a provision of 30 tenants, all in one process', () => {
  it('survives kill -9 of worker, API and PostgreSQL: 30 active, 30 requested, 30 terminal, no orphan', async () => {
    await start()
    await requestTenants()

    // The process alone, both at once, the process once more, then PostgreSQL alone: each in the middle of the work.
    await expect.poll(active, { timeout: 60_000, interval: 10 }).toBeGreaterThan(5)
    server?.kill('SIGKILL')
    await server?.ended
    await start()

    await expect.poll(active, { timeout: 60_000, interval: 10 }).toBeGreaterThan(10)
    process.kill(postmaster().pid, 'SIGKILL')
    server?.kill('SIGKILL')
    await server?.ended
    await start()

    await expect.poll(active, { timeout: 60_000, interval: 10 }).toBeGreaterThan(15)
    server?.kill('SIGKILL')
    await server?.ended
    const last = await start()

    await expect.poll(active, { timeout: 60_000, interval: 10 }).toBeGreaterThan(20)
    process.kill(postmaster().pid, 'SIGKILL')

    await expect.poll(active, { timeout: 120_000 }).toBe(tenants)
    expect(last.output()).toContain('embedded PostgreSQL is up again')
    const [audit] = await ask(`
      select count(*) filter (where outcome = 'requested')::int as requested,
        count(*) filter (where outcome = 'succeeded')::int as succeeded
      from control.audit where action = 'tenant.provision'`)
    expect(audit).toEqual({ requested: tenants, succeeded: tenants })

    const control = openControl(urlOf('tenantry_control'), { name: 'check' })
    const clusters = await ask(`select id, endpoint->>'database' as database from control.cluster`)
    expect(clusters).toHaveLength(2)
    for (const { id, database } of clusters) {
      const cluster = new pg.Pool({ connectionString: urlOf(String(database)), max: 1 })
      expect(await brokenInvariants(control, cluster, String(id))).toEqual([])
      const { rows } = await cluster.query('select count(*)::int as count from tenantry.tenant')
      expect(rows).toEqual([{ count: tenants / 2 }])
      await cluster.end()
    }
    await control.pool.end()

    server?.kill('SIGTERM')
    expect(await server?.ended).toBe(0)
  }, 300_000)
})
