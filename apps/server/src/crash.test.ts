import {
  archiveTenant,
  awaitOperation,
  cloneTenant,
  importTenants,
  moveTenant,
  purgeTenant,
  runVerb,
  setPool,
  systemActor,
} from '@tenantry/core'
import { type Fleet, startFleet } from '@tenantry/worker/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { brokenInvariants } from './testing/invariants.ts'
import { type ServerProcess, spawnServer } from './testing/spawn-server.ts'

const steps = ['place', 'roles', 'schema', 'template', 'seed', 'verify', 'activate']
const inScript = ['begin', 'locked', 'executed', 'before_commit', 'after_commit']

/** Every named point of a provision that goes well. */
const failpoints = [
  'claim.before',
  'claim.after',
  ...steps.flatMap((step) => [`step.${step}.before`, `step.${step}.after`]),
  'arm.before',
  'arm.after',
  'connected',
  ...inScript.map((point) => `template.${point}`),
  ...inScript.map((point) => `seed.${point}`),
  'disarm.before',
  'disarm.after',
  'finish.before',
  'finish.inside',
  'finish.after',
  'complete.before',
]
/** Every named point of taking one back. */
const undoing = [
  'undo.before',
  'undo.schema.before',
  'undo.schema.after',
  'undo.roles.before',
  'undo.roles.after',
  'fail.inside',
]

let fleet: Fleet
let good: string
let bad: string
const living = new Set<ServerProcess>()
const made: string[] = []

function worker(failpoint?: string, of: Fleet = fleet): ServerProcess {
  const process = spawnServer({
    TENANTRY_ROLE: 'worker',
    DATABASE_URL: of.control.url,
    TENANTRY_MASTER_KEY: of.masterKey.toString('base64'),
    TENANTRY_LEASE_SECONDS: '0.6',
    TENANTRY_DRAIN_SECONDS: '1',
    ...(failpoint ? { TENANTRY_FAILPOINT: failpoint } : {}),
  })
  living.add(process)
  process.ended.then(() => living.delete(process))
  return process
}

/** Every named point of putting a tenant away, and of erasing it. */
const archiving = ['logins', 'usage', 'sessions', 'rename', 'check'].map((step) => `step.${step}.after`)
const purging = [
  'step.objects.before',
  'objects.batch',
  'step.objects.after',
  'step.schema.after',
  'step.roles.after',
]

/** Between two children of a bulk, before their transaction commits, and after a child has ended. */
const feeding = ['feed.child', 'feed.inside', 'complete.before']
/** Every named point that only a copy passes. */
const copying = [
  'step.place.after',
  'structure.executed',
  'structure.after_commit',
  'step.data.before',
  'data.begin',
  'data.locked',
  'source.arm.after',
  'source.connected',
  'data.table',
  'source.disarm.before',
  'data.executed',
  'data.before_commit',
  'data.after_commit',
  'step.data.after',
  'step.verify.after',
]

/** The points of a move at which it stands differently on one of the two clusters. */
const moving = [
  'step.place.after',
  'step.close.after',
  'step.roles.after',
  'structure.after_commit',
  'data.table',
  'data.before_commit',
  'data.after_commit',
  'step.verify.after',
  'step.logins.after',
  'finish.inside',
]

/** A tenant that is active. @returns its id */
async function provisioned(of: Fleet, template: string, slug: string): Promise<string> {
  const builder = await of.work()
  const { operationId, tenantId } = await of.provision(template, slug)
  expect(await of.ended(operationId)).toBe('succeeded')
  await builder.close()
  return tenantId ?? ''
}

/** Lets one process after another die on the same operation, further on each time; the last one ends it well. */
async function dieOnTheWay(of: Fleet, points: readonly string[], operationId: string): Promise<void> {
  for (const point of points) {
    const dying = worker(point, of)
    const over = awaitOperation(of.core, operationId, AbortSignal.timeout(60_000)).then(async () => {
      const query = `select state, attempt, error from control.operation where id = '${operationId}'`
      return JSON.stringify((await of.rows(query))[0])
    })
    expect(await Promise.race([dying.ended, over]), `${point}: ${dying.output()}`).toBe('SIGKILL')
  }
  const healthy = worker(undefined, of)
  expect(await of.ended(operationId)).toBe('succeeded')
  const follow = await of.rows(`select id from control.operation where finished_at is null`)
  for (const { id } of follow) expect(await of.ended(id)).toBe('succeeded')
  healthy.kill('SIGTERM')
  expect(await healthy.ended).toBe(0)
}

/** Lets one process after another die at each point in turn, each with an operation that makes it pass there. */
async function dieAt(points: readonly string[], template: string) {
  for (const point of points) {
    made.push((await fleet.provision(template)).operationId)
    const dying = worker(point)
    const how = await dying.ended
    expect(how, `${point}: ${dying.output()}`).toBe('SIGKILL')
  }
}

/** Every named point of a sign-up from the pool, and of taking one back. */
const claiming = [
  'claim.before',
  'claim.after',
  'step.claim.before',
  'step.claim.after',
  'finish.before',
  'finish.inside',
  'finish.after',
  'complete.before',
]
const unclaiming = ['undo.before', 'undo.claim.before', 'undo.claim.after', 'fail.inside']

beforeAll(async () => {
  fleet = await startFleet()
  const builder = await fleet.work()
  good = await fleet.template()
  bad = await fleet.template(undefined, 'insert into nowhere values (1);', 'broken')
  await builder.close()
}, 60_000)
const killAll = () => {
  for (const process of living) process.kill('SIGKILL')
}
afterEach(killAll)
afterAll(() => fleet.close())

describe('kill -9 of a worker', () => {
  it('at every named point of a provision loses, doubles and orphans nothing', async () => {
    await dieAt(failpoints, good)
    const healthy = worker()
    const states = await Promise.all(made.map((id) => fleet.ended(id)))
    expect(states).toEqual(made.map(() => 'succeeded'))
    expect(await brokenInvariants(fleet.control, fleet.cluster.pool)).toEqual([])
    const seeded = await fleet.rows(`select schema_name from control.tenant where state = 'active'`)
    for (const { schema_name } of seeded) {
      const { rows } = await fleet.cluster.pool.query(`select count(*)::int from ${schema_name}.book`)
      expect(rows, schema_name).toEqual([{ count: 1 }])
    }
    healthy.kill('SIGTERM')
    expect(await healthy.ended).toBe(0)
  }, 240_000)

  it('at every named point of taking a provision back leaves nothing on the cluster', async () => {
    const before = made.length
    await dieAt(undoing, bad)
    const healthy = worker()
    const states = await Promise.all(made.slice(before).map((id) => fleet.ended(id)))
    expect(states).toEqual(undoing.map(() => 'failed'))
    expect(await brokenInvariants(fleet.control, fleet.cluster.pool)).toEqual([])
    healthy.kill('SIGTERM')
    expect(await healthy.ended).toBe(0)
  }, 120_000)

  it('at every named point of a clone copies every row once, and leaves no login at either end', async () => {
    const source = await provisioned(fleet, good, 'cloned-from')
    const { operationId } = await runVerb(fleet.core, systemActor, cloneTenant, {
      idempotencyKey: 'crash-clone',
      sourceId: source,
      slug: 'cloned-to',
      displayName: 'Clone',
      withData: true,
      clusterId: fleet.clusterId,
    })
    await dieOnTheWay(fleet, copying, operationId)
    expect(await brokenInvariants(fleet.control, fleet.cluster.pool)).toEqual([])
    const { rows } = await fleet.cluster.pool.query('select count(*)::int as books from t_cloned_to.book')
    expect(rows).toEqual([{ books: 1 }])
  }, 240_000)

  it('at every named point of a move leaves the tenant in one place, open, with every row', async () => {
    const two = await startFleet({ secondCluster: true })
    try {
      const builder = await two.work()
      const template = await two.template()
      await builder.close()
      const tenantId = await provisioned(two, template, 'moves')
      const [{ cluster_id: from }] = await two.rows(`select cluster_id from control.tenant`)
      const to = from === two.clusterId ? two.second.id : two.clusterId
      const { operationId } = await runVerb(two.core, systemActor, moveTenant, {
        idempotencyKey: 'crash-move',
        tenantId,
        reason: 'crash test',
        clusterId: to,
      })
      await dieOnTheWay(two, moving, operationId)
      const pools = { [two.clusterId]: two.cluster.pool, [two.second.id]: two.second.pool }
      for (const [id, pool] of Object.entries(pools)) {
        expect(await brokenInvariants(two.control, pool, id)).toEqual([])
      }
      expect(await two.rows(`select state, cluster_id from control.tenant`)).toEqual([
        { state: 'active', cluster_id: to },
      ])
      const { rows } = (await pools[to]?.query('select count(*)::int as books from t_moves.book')) ?? {}
      expect(rows).toEqual([{ books: 1 }])
    } finally {
      killAll()
      await two.close()
    }
  }, 400_000)

  it('at every named point of archiving and purging leaves each tenant in one place or in none', async () => {
    const builder = await fleet.work()
    const { operationId, tenantId } = await fleet.provision(good, 'comes-and-goes')
    expect(await fleet.ended(operationId)).toBe('succeeded')
    await builder.close()
    const slug = 'comes-and-goes'
    const common = { tenantId: tenantId ?? '', confirmSlug: slug, reason: 'crash test' }

    const away = await runVerb(fleet.core, systemActor, archiveTenant, {
      ...common,
      idempotencyKey: 'crash-archive',
      keepDays: 0,
    })
    for (const point of archiving) expect(await worker(point).ended, point).toBe('SIGKILL')
    const healthy = worker()
    expect(await fleet.ended(away.operationId)).toBe('succeeded')
    expect(await brokenInvariants(fleet.control, fleet.cluster.pool)).toEqual([])
    healthy.kill('SIGTERM')
    expect(await healthy.ended).toBe(0)

    const gone = await runVerb(fleet.core, systemActor, purgeTenant, {
      ...common,
      idempotencyKey: 'crash-purge',
      beforeWindowEnds: true,
    })
    for (const point of purging) expect(await worker(point).ended, point).toBe('SIGKILL')
    worker()
    expect(await fleet.ended(gone.operationId)).toBe('succeeded')
    expect(await brokenInvariants(fleet.control, fleet.cluster.pool)).toEqual([])
  }, 120_000)

  it('while it feeds a bulk operation loses no child and doubles none', async () => {
    const { bulkId } = await runVerb(fleet.core, systemActor, importTenants, {
      idempotencyKey: 'crash-bulk',
      rows: importTenants.input.shape.rows.parse(
        Array.from({ length: 6 }, (_, i) => ({ slug: `crash-bulk-${i}` })),
      ),
      template: good,
      reason: 'crash test',
      acknowledgeWrong: 0,
      window: 3,
    })
    for (const point of feeding) expect(await worker(point).ended, point).toBe('SIGKILL')
    worker()
    const over = () =>
      fleet.rows(`select outcome from control.bulk where id = '${bulkId}' and state = 'finished'`)
    await expect.poll(over, { timeout: 60_000 }).toMatchObject([{ outcome: { succeeded: 6, failed: 0 } }])
    expect(await brokenInvariants(fleet.control, fleet.cluster.pool)).toEqual([])
  }, 120_000)

  it('at every named point of a sign-up from the pool gives each tenant one schema, and keeps no other', async () => {
    const keep = (size: number) =>
      runVerb(fleet.core, systemActor, setPool, { templateId: good, clusterId: null, size })
    const spares = (state: string) =>
      fleet.rows(`select schema_name from control.spare where state = '${state}'`)
    // A cordoned cluster keeps its spares and builds none: what dies below dies in a claim.
    const cordon = (state: 'active' | 'cordoned') =>
      fleet.rows(`update control.cluster set state = '${state}'`)
    const size = claiming.length + unclaiming.length
    const builder = await fleet.work()
    await keep(size)
    await expect.poll(() => spares('ready'), { timeout: 60_000 }).toHaveLength(size)
    await builder.close()

    const claims: string[] = []
    for (const point of claiming) {
      await cordon('active')
      claims.push((await fleet.provision(good)).operationId)
      await cordon('cordoned')
      expect(await worker(point).ended, point).toBe('SIGKILL')
    }
    const changed: string[] = []
    for (const { schema_name } of await spares('ready')) {
      await fleet.cluster.pool.query(`create table ${schema_name}.by_hand (id int)`)
    }
    for (const point of unclaiming) {
      await cordon('active')
      changed.push((await fleet.provision(good)).operationId)
      await cordon('cordoned')
      expect(await worker(point).ended, point).toBe('SIGKILL')
    }
    await keep(2)
    await cordon('active')
    const healthy = worker()
    expect(await Promise.all(claims.map((id) => fleet.ended(id)))).toEqual(claims.map(() => 'succeeded'))
    expect(await Promise.all(changed.map((id) => fleet.ended(id)))).toEqual(changed.map(() => 'failed'))
    const kinds = await fleet.rows(
      `select distinct kind from control.operation where id in ('${[...claims, ...changed].join("','")}')`,
    )
    expect(kinds).toEqual([{ kind: 'tenant.claim' }])
    await expect
      .poll(
        () => fleet.rows('select ready, building, stale, "left" from control.pool_state() where wanted > 0'),
        {
          timeout: 20_000,
        },
      )
      .toEqual([{ ready: 2, building: 0, stale: 0, left: 0 }])
    await expect
      .poll(() => fleet.rows('select id from control.operation where finished_at is null'), {
        timeout: 20_000,
      })
      .toEqual([])
    expect(await brokenInvariants(fleet.control, fleet.cluster.pool)).toEqual([])
    healthy.kill('SIGTERM')
    expect(await healthy.ended).toBe(0)
  }, 240_000)
})
