import { queueOf } from '@tenantry/contracts'
import {
  addCluster,
  archiveTenant,
  changeCluster,
  detachCluster,
  provisionTenant,
  purgeTenant,
  runVerb,
  systemActor,
} from '@tenantry/core'
import { newId } from '@tenantry/db'
import { cluster } from '@tenantry/db/schema'
import { createControlDatabase, createTestDatabase, type TestDatabase } from '@tenantry/db/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fleet, startFleet } from '../testing/start-fleet.ts'
import { keepHands } from './keep-hands.ts'

describe('the hands of a worker', () => {
  it('follow the registry: as many as the concurrency says, none for what is detached', async () => {
    const control = await createControlDatabase()
    const id = newId('cl')
    const set = (change: Partial<typeof cluster.$inferInsert>) => control.db.update(cluster).set(change)
    await control.db
      .insert(cluster)
      .values({ id, name: 'eu-1', adminUrl: '', workerUrl: '', maxConcurrency: 3 })
    const taken: { queue: string; hands: () => number }[] = []
    const left: string[] = []
    const forgotten: string[] = []
    const hands = keepHands({
      core: { db: control.db },
      boss: { offWork: async (queue) => void left.push(queue) },
      clusters: { forget: (one) => forgotten.push(one) },
      takeUp: async (queue, count) => taken.push({ queue, hands: count }),
    })
    await hands.follow()
    await hands.follow()
    expect(taken.map((one) => [one.queue, one.hands()])).toEqual([[queueOf(id), 3]])
    await set({ maxConcurrency: 1 })
    await hands.follow()
    expect(taken.map((one) => one.hands())).toEqual([1])
    await set({ state: 'detached' })
    await hands.follow()
    expect([hands.clusters, left, forgotten]).toEqual([0, [queueOf(id)], [id]])
    await control.drop()
  })
})

describe('a cluster that comes while workers run', () => {
  let fleet: Fleet
  let second: TestDatabase
  let templateId: string
  beforeAll(async () => {
    fleet = await startFleet()
    second = await createTestDatabase()
    await fleet.work()
    templateId = await fleet.template()
  })
  afterAll(async () => {
    await fleet.close()
    await second.drop()
  })
  const clusterRow = async (id: string) =>
    (await fleet.rows(`select * from control.cluster where id = '${id}'`))[0]
  const connections = async () =>
    (
      await second.pool.query(
        `select count(*)::int as count from pg_stat_activity
         where datname = current_database() and application_name = 'tenantry worker'`,
      )
    ).rows[0].count

  it('is taken up, looked at, worked for, and let go when it is detached', async () => {
    const { clusterId, rowVersion } = await runVerb(fleet.core, systemActor, addCluster, {
      name: 'eu-2',
      adminUrl: second.url,
      labels: {},
      limits: {},
      maxConcurrency: 4,
      cordoned: false,
    })
    const made = await runVerb(fleet.core, systemActor, provisionTenant, {
      idempotencyKey: 'on the second',
      slug: 'second-college',
      displayName: 'Second College',
      templateId,
      clusterId,
      labels: {},
      notes: '',
      fromPool: true,
    })
    expect(await fleet.ended(made.operationId)).toBe('succeeded')
    const { rows } = await second.pool.query(`select name from tenantry.inventory() where kind = 'schema'`)
    expect(rows).toEqual([{ name: 't_second_college' }])

    await runVerb(fleet.core, systemActor, changeCluster, {
      clusterId,
      ifVersion: rowVersion,
      name: 'eu-two',
      maxConcurrency: 1,
    })
    const tenantId = made.tenantId ?? ''
    const away = { tenantId, reason: 'the test ends', confirmSlug: 'second-college' }
    const archived = await runVerb(fleet.core, systemActor, archiveTenant, {
      ...away,
      idempotencyKey: 'archive it',
      keepDays: 0,
    })
    expect(await fleet.ended(archived.operationId)).toBe('succeeded')
    const purged = await runVerb(fleet.core, systemActor, purgeTenant, {
      ...away,
      idempotencyKey: 'purge it',
      beforeWindowEnds: true,
    })
    expect(await fleet.ended(purged.operationId)).toBe('succeeded')
    await expect
      .poll(async () => (await clusterRow(clusterId)).capacity, { timeout: 15_000 })
      .toMatchObject({
        relations: expect.any(Number),
        locks: expect.any(Number),
        catalogBytes: expect.any(Number),
        frozenAge: expect.any(Number),
        oldestTransaction: expect.any(Number),
      })
    await runVerb(fleet.core, systemActor, detachCluster, {
      clusterId,
      ifVersion: Number((await clusterRow(clusterId)).row_version),
      reason: 'the test ends',
      confirmName: 'eu-two',
    })
    await expect.poll(connections, { timeout: 10_000 }).toBe(0)
  })
})
