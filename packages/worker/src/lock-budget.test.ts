import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { archiveTenant, awaitOperation, purgeTenant, runVerb, systemActor } from '@tenantry/core'
import { openGuardedSession, ScriptError } from '@tenantry/db/cluster'
import { type EmbeddedServer, startEmbedded } from '@tenantry/db/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { classifyFailure } from './operations/classify-failure.ts'
import { type Fleet, startFleet } from './testing/start-fleet.ts'

// PostgreSQL comes with a lock table for 64 × 100 locks; here everything is a fifth of that, and of 3,000 tables, unless
// the environment asks for the whole.
const whole = process.env.TENANTRY_TEST_WHOLE === '1'
const locksEach = whole ? 64 : 13
const many = whole ? 3000 : 600
const patienceMs = whole ? 900_000 : 150_000
const most = (locksEach * 100) / 4
const defaults = { max_locks_per_transaction: String(locksEach), max_connections: '100', fsync: 'off' }
const dir = mkdtempSync(path.join(tmpdir(), 'tenantry-locks-'))
let server: EmbeddedServer
let fleet: Fleet
let others: Awaited<ReturnType<typeof keepAsking>>
beforeAll(async () => {
  server = await startEmbedded({ dir: path.join(dir, 'pg'), password: 'test', settings: defaults })
  fleet = await startFleet({ clusterServer: server.url, leaseMs: 10_000, scriptDeadlineMs: 60_000 })
  await fleet.control.pool.query(
    `update control.cluster set capacity = jsonb_build_object('maxLocks', ${locksEach * 100}), max_concurrency = 2`,
  )
  await fleet.work()
  others = await keepAsking(fleet.cluster.url)
}, 60_000)
afterAll(async () => {
  await others.stop()
  await fleet.close()
  await server.stop()
  rmSync(dir, { recursive: true, force: true })
}, 60_000)

/** The product of somebody else: transactions that read a third of the tables there are, one after the other, until it is stopped. */
async function keepAsking(url: string) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  await client.query(`create schema product`)
  for (let n = 0; n < many / 3; n += 100) {
    const tables = Array.from({ length: 100 }, (_, i) => `create table product.t${n + i} ()`)
    await client.query(tables.join(';'))
  }
  // Holds its locks for a while, as a report does.
  const all = `begin; ${Array.from({ length: Math.floor(many / 3) }, (_, n) => `select from product.t${n}`).join(' union all ')}; select pg_sleep(0.3); commit`
  const faults: string[] = []
  let asked = 0
  let stopped = false
  const loop = (async () => {
    while (!stopped) {
      await client.query(all).catch((error) => {
        faults.push(`${error.code} ${error.message}`)
        return client.query('rollback')
      })
      asked++
    }
  })()
  return {
    faults,
    asked: () => asked,
    async stop() {
      stopped = true
      await loop
      await client.end()
    },
  }
}

const ended = (operationId: string) =>
  awaitOperation(fleet.core, operationId, AbortSignal.timeout(patienceMs))
const tables = (from: number, to: number) =>
  Array.from(
    { length: to - from },
    (_, i) => `create table part_${from + i} (id int primary key, note text not null default '');`,
  ).join('\n')
const errorOf = async (id: string) =>
  JSON.stringify(await fleet.rows(`select error from control.operation where id = '${id}'`))
const stepOf = async (operationId: string, name: string) =>
  (
    await fleet.rows(
      `select result from control.operation_step where operation_id = '${operationId}' and name = '${name}'`,
    )
  )[0]?.result

describe(`a tenant of ${many} tables, on a server with ${locksEach} × 100 locks`, () => {
  it(
    'is built, archived and purged, and nobody else runs out of locks',
    async () => {
      const huge = await fleet.publish(
        Array.from({ length: 10 }, (_, n) => ({
          version: n + 1,
          name: `part-${n + 1}`,
          sql: tables((n * many) / 10, ((n + 1) * many) / 10),
        })),
        '',
        'huge',
      )
      expect(await ended(huge.operationId), await errorOf(huge.operationId)).toBe('succeeded')
      const { operationId, tenantId } = await fleet.provision(huge.templateId ?? '', 'huge')
      expect(await ended(operationId)).toBe('succeeded')
      const [{ parts }] = (
        await fleet.cluster.pool.query(
          `select count(*)::int as parts from tenantry.ledger where operation_id = $1 and step like 'template#%'`,
          [operationId],
        )
      ).rows
      expect(parts).toBeGreaterThan(10)

      const ask = (reason: string) => ({
        idempotencyKey: `huge-${reason}`,
        tenantId: tenantId ?? '',
        confirmSlug: 'huge',
        reason,
      })
      const archived = await runVerb(fleet.core, systemActor, archiveTenant, {
        ...ask('archive'),
        keepDays: 0,
      })
      expect(await ended(archived.operationId)).toBe('succeeded')
      const purged = await runVerb(fleet.core, systemActor, purgeTenant, {
        ...ask('purge'),
        beforeWindowEnds: true,
      })
      expect(await ended(purged.operationId)).toBe('succeeded')
      expect((await stepOf(purged.operationId, 'objects')).batches).toBeGreaterThan(10)
      expect(others.faults).toEqual([])
      expect(others.asked()).toBeGreaterThan(5)
    },
    3 * patienceMs,
  )

  it('is taken back in batches when its provision fails at the end', async () => {
    const doomed = await fleet.template(
      [
        { version: 1, name: 'a', sql: tables(0, 60) },
        { version: 2, name: 'b', sql: tables(60, 120) },
      ],
      'select 1 / 0;',
      'doomed',
    )
    const { operationId, tenantId } = await fleet.provision(doomed, 'doomed')
    expect(await ended(operationId)).toBe('failed')
    const log = await fleet.rows(
      `select message from control.operation_log where operation_id = '${operationId}' and message like 'Batch %'`,
    )
    expect(log.length).toBeGreaterThan(1)
    expect((await fleet.inventory()).filter(({ name }) => name.includes(tenantId?.slice(3)))).toEqual([])
    expect(others.faults).toEqual([])
  }, 60_000)
})

describe('a script that makes thousands of tables at once', () => {
  const attack = (body: string) => `do $$ begin for n in 1..5000 loop ${body} end loop; end $$`
  const create = `execute format('create table made_%s (id int primary key, note text)', n);`
  let tenant: string
  beforeAll(async () => {
    const plain = await fleet.template([{ version: 1, name: 'one', sql: 'create table one ()' }], '', 'plain')
    const { operationId, tenantId } = await fleet.provision(plain, 'plain')
    await ended(operationId)
    tenant = tenantId ?? ''
  })
  async function run(script: string): Promise<unknown> {
    const worker = new pg.Pool({ connectionString: fleet.cluster.url, max: 2 })
    worker.on('error', () => {})
    const session = await openGuardedSession({
      pool: worker,
      tenantId: tenant,
      operationId: `op ${Math.random()}`,
      fence: 1000,
      deadlineMs: 60_000,
    })
    const thrown = await session.run('attack', script).catch((error) => error)
    await session.close().catch(() => {})
    await worker.end()
    return thrown
  }
  const left = async () =>
    (await fleet.cluster.pool.query(`select count(*)::int as n from pg_class where relname like 'made\\_%'`))
      .rows[0].n

  it('is stopped with what to do, before anybody else is', async () => {
    const thrown = await run(attack(create))
    expect(thrown).toBeInstanceOf(ScriptError)
    expect(thrown).toMatchObject({
      sqlstate: 'TN031',
      message: expect.stringContaining(`locks of the ${most}`),
    })
    expect(classifyFailure(thrown, { attempt: 1 })).toMatchObject({
      class: 'permanent',
      action: expect.stringContaining('Split the migration'),
    })
    expect(await left()).toBe(0)
    expect(others.faults).toEqual([])
  }, 60_000)

  it('loses its session when it catches the refusal and goes on', async () => {
    const thrown = await run(attack(`begin ${create} exception when others then null; end;`))
    expect(thrown).toMatchObject({ code: '57P01' })
    expect(await left()).toBe(0)
    expect(others.faults).toEqual([])
  }, 60_000)
})
