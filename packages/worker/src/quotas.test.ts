import { moveTenant, rotateCredentials, runVerb, setQuota, suspendTenant, systemActor } from '@tenantry/core'
import { asRole } from '@tenantry/db/cluster'
import pg from 'pg'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Clusters, openClusters } from './clusters/clusters.ts'
import { holdQuotas } from './monitors/hold-quotas.ts'
import { type Fleet, startFleet } from './testing/start-fleet.ts'

interface Held {
  readonly id: string
  readonly app: pg.Client
}

let fleet: Fleet
let clusters: Clusters
let library: string
/** What the worker meets at the named points of the duty. */
let atPoint: (name: string) => void = () => {}
const apps: pg.Client[] = []
beforeAll(async () => {
  fleet = await startFleet({ secondCluster: true })
  clusters = openClusters(fleet.masterKey, 4, pino({ level: 'silent' }))
  const worker = await fleet.work()
  library = await fleet.template()
  // Its own duty would come in between: the tests run it themselves.
  await worker.close()
}, 60_000)
afterEach(() => {
  atPoint = () => {}
})
afterAll(async () => {
  await Promise.all(apps.map((app) => app.end().catch(() => {})))
  await clusters.close()
  await fleet.close()
})

let count = 0
const key = () => `quota-key-${++count}`
const hold = () => holdQuotas({ core: fleet.core, clusters, failpoint: (name) => atPoint(name) }).run()
const one = async (query: string) => (await fleet.rows(query))[0]
const write = (app: pg.Client) =>
  app.query(`insert into book (title) values ('x')`).then(
    () => undefined,
    ({ code, message }) => code ?? message,
  )

/** A tenant with its product's session. */
async function tenant(): Promise<Held> {
  const worker = await fleet.work()
  const made = await fleet.provision(library, undefined, { clusterId: fleet.clusterId })
  await fleet.ended(made.operationId)
  const id = made.tenantId ?? ''
  const issued = await runVerb(fleet.core, systemActor, rotateCredentials, {
    idempotencyKey: key(),
    tenantId: id,
    overlapMinutes: 5,
  })
  await fleet.ended(issued.operationId)
  await worker.close()
  const app = new pg.Client({
    connectionString: asRole(fleet.cluster.url, `${id}_app_a`, issued.password ?? ''),
  })
  app.on('error', () => {})
  await app.connect()
  apps.push(app)
  return { id, app }
}

const limit = (
  tenantId: string,
  resource: 'storage_bytes' | 'relations' | 'connections',
  most: number | null,
  graceSeconds = 0,
) => runVerb(fleet.core, systemActor, setQuota, { tenantId, resource, limit: most, graceSeconds })

const bytesOf = async (id: string) =>
  Number((await fleet.cluster.pool.query('select tenantry.tenant_bytes($1) as bytes', [id])).rows[0].bytes)

/** Writes down what a look at the tenant finds, as the collector does. */
async function measure(id: string, bytes?: number): Promise<number> {
  const seen = bytes ?? (await bytesOf(id))
  await fleet.rows(
    `insert into control.usage (tenant_id, bytes, relations) values ('${id}', ${seen}, 4)
     on conflict (tenant_id) do update set bytes = excluded.bytes, seen_at = now()`,
  )
  return seen
}

const fill = (app: pg.Client) =>
  app.query(`insert into book (title) select repeat(md5(i::text), 8) from generate_series(1, 4000) i`)
const levelOf = async (id: string) =>
  (
    await one(
      `select level from control.quota_state where tenant_id = '${id}' and resource = 'storage_bytes'`,
    )
  )?.level
const auditOf = async (id: string) =>
  (
    await fleet.rows(
      `select action from control.audit where target_id = '${id}' and action in ('quota.warn', 'quota.block', 'quota.release') order by at`,
    )
  ).map(({ action }) => action)

describe('a tenant that fills up', () => {
  it('is blocked in its live session, and released after a TRUNCATE', async () => {
    const { id, app } = await tenant()
    await limit(id, 'storage_bytes', 500_000)
    await measure(id)
    await hold()
    expect(await write(app)).toBeUndefined()
    await fill(app)
    expect(await measure(id)).toBeGreaterThan(500_000)
    await hold()
    expect(await write(app)).toBe('42501')
    expect((await app.query('select from book')).rowCount).toBeGreaterThan(4000)
    expect(
      await one(`select level, enforced_at is not null as told, quota_ratio > 1 as over
        from control.quota_state join control.usage using (tenant_id) where tenant_id = '${id}'`),
    ).toEqual({ level: 'blocked', told: true, over: true })
    await app.query('truncate book cascade')
    await measure(id)
    await hold()
    expect(await write(app)).toBeUndefined()
    expect(await levelOf(id)).toBe('ok')
    expect(await auditOf(id)).toEqual(['quota.block', 'quota.release'])
  })

  it('is warned first, and blocked when its time of grace is over', async () => {
    const { id, app } = await tenant()
    const bytes = await measure(id)
    await limit(id, 'storage_bytes', Math.round(bytes * 1.2), 3600)
    await hold()
    await limit(id, 'storage_bytes', bytes - 1, 3600)
    await hold()
    expect(await write(app)).toBeUndefined()
    expect(await levelOf(id)).toBe('exceeded')
    await fleet.rows(
      `update control.quota_state set since = since - interval '2 hours' where tenant_id = '${id}'`,
    )
    await hold()
    expect(await write(app)).toBe('42501')
    expect(await auditOf(id)).toEqual(['quota.warn', 'quota.warn', 'quota.block'])
  })

  it('is not blocked for a stale figure, nor while its cluster cannot tell', async () => {
    const { id, app } = await tenant()
    await limit(id, 'storage_bytes', 500_000)
    await measure(id, 900_000)
    await hold()
    expect([await levelOf(id), await write(app)]).toEqual([undefined, undefined])
    await fill(app)
    const held = await fleet.cluster.pool.connect()
    const { rows } = await held.query('select schema from tenantry.tenant where tenant_id = $1', [id])
    await held.query(`begin; lock table ${rows[0].schema}.book`)
    await hold()
    await held.query('rollback')
    held.release()
    expect([await levelOf(id), await write(app)]).toEqual([undefined, undefined])
    await hold()
    expect([await levelOf(id), await write(app)]).toEqual(['blocked', '42501'])
  })

  it.each(['quota.judged', 'quota.tell.before', 'quota.told'])(
    'is blocked once when the worker dies at %s, and the next goes on',
    async (point) => {
      const { id, app } = await tenant()
      await app.query('begin')
      await app.query('delete from book')
      await limit(id, 'storage_bytes', 1000)
      await measure(id)
      atPoint = (name) => {
        if (name === point) throw new Error('killed')
      }
      await hold().catch(() => {})
      atPoint = () => {}
      await fleet.rows(`update control.enforcement set retry_at = null where tenant_id = '${id}'`)
      await Promise.all([hold(), hold()])
      await hold()
      expect(await auditOf(id)).toEqual(['quota.block'])
      // Its transaction was writing when the block came.
      expect(await write(app)).not.toBeUndefined()
      expect(
        await one(
          `select revision = told_revision as told from control.enforcement where tenant_id = '${id}'`,
        ),
      ).toEqual({ told: true })
      const there = await fleet.cluster.pool.query(
        'select writes_blocked, held_at is not null as held from tenantry.tenant_limit where tenant_id = $1',
        [id],
      )
      expect(there.rows).toEqual([{ writes_blocked: true, held: true }])
    },
  )

  it('stays blocked where it is moved to', async () => {
    const { id } = await tenant()
    await limit(id, 'storage_bytes', 1000)
    await limit(id, 'connections', 3)
    await measure(id)
    await hold()
    const worker = await fleet.work()
    const moved = await runVerb(fleet.core, systemActor, moveTenant, {
      idempotencyKey: key(),
      tenantId: id,
      clusterId: fleet.second.id,
      reason: 'test',
    })
    expect(await fleet.ended(moved.operationId)).toBe('succeeded')
    const followers = await fleet.rows(
      `select id from control.operation where idempotency_key like 'after ${moved.operationId}:%'`,
    )
    for (const follower of followers) await fleet.ended(follower.id)
    await worker.close()
    await hold()
    const { rows } = await fleet.second.pool.query(
      `select l.writes_blocked, l.connections, pg_has_role(t.app_role, t.writer_role, 'member') as writes, r.rolconnlimit
       from tenantry.tenant_limit l join tenantry.tenant t using (tenant_id) join pg_roles r on r.rolname = t.login_role
       where tenant_id = $1`,
      [id],
    )
    expect(rows).toEqual([{ writes_blocked: true, connections: 3, writes: false, rolconnlimit: 3 }])
    const { rows: real } = await fleet.second.pool.query('select wrong from tenantry.reality($1)', [id])
    expect(real).toEqual([{ wrong: [] }])
  })

  it('is held while it is suspended', async () => {
    const { id } = await tenant()
    const worker = await fleet.work()
    const suspended = await runVerb(fleet.core, systemActor, suspendTenant, {
      idempotencyKey: key(),
      tenantId: id,
      reason: 'test',
    })
    await fleet.ended(suspended.operationId)
    await worker.close()
    await limit(id, 'storage_bytes', 1000)
    await limit(id, 'relations', 4)
    await measure(id)
    await hold()
    expect(
      await one(
        `select wanted, revision = told_revision as told, unheld, fault from control.enforcement where tenant_id = '${id}'`,
      ),
    ).toEqual({ wanted: { blocked: true, relations: 4 }, told: true, unheld: [], fault: null })
    expect(
      (
        await fleet.rows(
          `select level from control.quota_state where tenant_id = '${id}' and resource = 'relations'`,
        )
      )[0],
    ).toEqual({ level: 'blocked' })
  })
})

describe('limits', () => {
  it('that are taken away are taken from the cluster', async () => {
    const { id } = await tenant()
    await limit(id, 'connections', 5)
    await hold()
    const most = async () =>
      (await fleet.cluster.pool.query(`select rolconnlimit from pg_roles where rolname = '${id}_app_a'`))
        .rows[0].rolconnlimit
    expect(await most()).toBe(5)
    await limit(id, 'connections', null)
    await hold()
    expect(await most()).toBe(-1)
  })

  it('are kept for later while the cluster does not answer', async () => {
    const { id } = await tenant()
    await limit(id, 'connections', 5)
    fleet.cable.cut()
    await hold()
    expect(
      (await one(`select told_revision, fault from control.enforcement where tenant_id = '${id}'`)).fault,
    ).toBeTruthy()
    fleet.cable.mend()
    await fleet.rows(`update control.enforcement set retry_at = null where tenant_id = '${id}'`)
    await hold()
    expect(
      await one(
        `select revision = told_revision as told, fault from control.enforcement where tenant_id = '${id}'`,
      ),
    ).toEqual({ told: true, fault: null })
  })
})
