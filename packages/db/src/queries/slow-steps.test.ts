import { afterAll, beforeAll, expect, it } from 'vitest'
import { operationStep } from '../schema/index.ts'
import { type ControlTestDatabase, createControlDatabase } from '../testing/index.ts'
import { slowestSteps } from './slow-steps.ts'
import { endOperation, type Fleet, seedFleet, seedOperation, seedTenants } from './testing/seed-fleet.ts'

let control: ControlTestDatabase
let fleet: Fleet
beforeAll(async () => {
  control = await createControlDatabase()
  fleet = await seedFleet(control.db)
})
afterAll(() => control.drop())

/** An operation that ended `daysAgo`, whose one step took so many seconds. */
async function ran(
  slug: string,
  name: string,
  seconds: number,
  { daysAgo = 0, resources = {}, state = 'done' } = {},
) {
  const [tenantId = null] = await seedTenants(control.db, fleet, [slug])
  const id = await seedOperation(control.db, fleet, { tenantId })
  const ago = daysAgo * 86_400 + 60
  await endOperation(control, id, { startedAgo: ago + seconds, finishedAgo: ago })
  const startedAt = new Date(Date.now() - (ago + seconds) * 1000)
  await control.db.insert(operationStep).values({
    operationId: id,
    attempt: 1,
    ordinal: 1,
    name,
    state: state as 'done' | 'failed',
    startedAt,
    finishedAt: new Date(startedAt.getTime() + seconds * 1000),
    resources: { roundTrips: 0, databaseMs: 0, lockWaitMs: 0, bytesSent: 0, bytesReceived: 0, ...resources },
  })
  return id
}

it('names the slowest steps first, with what a run of them had of the cluster and which took longest', async () => {
  await ran('one', 'seed', 2, { resources: { roundTrips: 4, databaseMs: 100 } })
  const slow = await ran('two', 'seed', 6, { resources: { roundTrips: 8, databaseMs: 300 }, state: 'failed' })
  await ran('three', 'roles', 1, { resources: { lockWaitMs: 12 } })
  await ran('four', 'ancient', 900, { daysAgo: 30 })
  const [seed, roles, ...others] = await slowestSteps(control.db, { days: 7, limit: 10 })
  expect(seed).toMatchObject({
    kind: 'tenant.provision',
    name: 'seed',
    runs: 2,
    failed: 1,
    max: 6,
    total: 8,
    roundTrips: 6,
    databaseMs: 200,
    slowest: slow,
  })
  expect(seed?.p50).toBe(4)
  expect(roles).toMatchObject({ name: 'roles', lockWaitMs: 12, failed: 0 })
  expect(others).toEqual([])
  const filter = { days: 7, limit: 10 }
  expect(await slowestSteps(control.db, { ...filter, kinds: ['tenant.move'] })).toEqual([])
  expect(await slowestSteps(control.db, { ...filter, clusterId: fleet.clusterIds[1] })).toEqual([])
  expect(await slowestSteps(control.db, { ...filter, limit: 1 })).toHaveLength(1)
})
