import { bulkPriority, queueOf, schemaNameOf } from '@tenantry/contracts'
import { ensureCluster, prioritiseOperation, runVerb, systemActor, systemUserId } from '@tenantry/core'
import { newId } from '@tenantry/db'
import { operation, tenant } from '@tenantry/db/schema'
import { createTestDatabase, type TestDatabase } from '@tenantry/db/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Fleet, startFleet } from './testing/start-fleet.ts'

let fleet: Fleet
let template: string
let second: TestDatabase
let elsewhere: string
beforeAll(async () => {
  fleet = await startFleet()
  second = await createTestDatabase()
  elsewhere = (await ensureCluster(fleet.core, { name: 'eu-2', adminUrl: second.url })) ?? ''
  const builder = await fleet.work()
  template = await fleet.template()
  await builder.close()
})
afterAll(async () => {
  await fleet.close()
  await second.drop()
})

/** Children of a bulk, as its own verb would ask for them: work on tenants that left nothing on the cluster. */
async function bulkOf(count: number): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < count; i++) {
    const tenantId = newId('tn')
    const slug = `bulk-${i}`
    await fleet.core.db.insert(tenant).values({
      id: tenantId,
      slug,
      displayName: 'Bulk',
      state: 'provisioning',
      clusterId: fleet.clusterId,
      placementReason: 'by hand',
      schemaName: schemaNameOf(slug),
      templateId: template,
      templateVersion: 2,
      ownerId: systemUserId,
    })
    await fleet.rows(`update control.tenant set state = 'failed' where id = '${tenantId}'`)
    const id = newId('op')
    const priority = bulkPriority + 30
    await fleet.core.db.insert(operation).values({
      id,
      kind: 'tenant.discard',
      tenantId,
      clusterId: fleet.clusterId,
      priority,
      maxAttempts: 6,
      deadlineSeconds: 900,
      requestedBy: systemUserId,
      idempotencyKey: id,
      requestHash: '',
    })
    await fleet.core.db.transaction((tx) =>
      fleet.core.queue.wake(tx, { operationId: id, clusterId: fleet.clusterId, priority }),
    )
    ids.push(id)
  }
  return ids
}

/** The order in which operations were first taken up. */
const begun = async () =>
  (await fleet.rows(`select id from control.operation where started_at is not null order by started_at`)).map(
    ({ id }) => id as string,
  )

describe('lanes', () => {
  it('let a click wait for one running operation a hand at most, whatever a bulk has queued', async () => {
    const hands = 4
    const children = await bulkOf(200)
    const full = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    let inHand = 0
    const worker = await fleet.work(async (name) => {
      if (name !== 'claim.after') return
      if (++inHand === hands) full.resolve()
      await go.promise
    })
    await full.promise
    const { operationId } = await fleet.provision(template, 'clicked')
    go.resolve()
    expect(await fleet.ended(operationId)).toBe('succeeded')
    const order = await begun()
    const before = order.slice(0, order.indexOf(operationId)).filter((id) => children.includes(id))
    expect(before.length).toBeGreaterThanOrEqual(hands)
    expect(before.length).toBeLessThanOrEqual(hands * 2)
    await worker.close()
  }, 60_000)

  it('let one child of a bulk go before all others once it was moved to the front', async () => {
    const rest = (
      await fleet.rows(
        `select id from control.operation where state = 'queued' order by created_at desc limit 50`,
      )
    ).map(({ id }) => id as string)
    expect(rest.length).toBeGreaterThan(10)
    const last = rest[0] ?? ''
    await runVerb(fleet.core, systemActor, prioritiseOperation, { operationId: last })
    const already = (await begun()).length
    const worker = await fleet.work()
    expect(await fleet.ended(last)).toBe('succeeded')
    const place = (await begun()).indexOf(last) - already
    expect(place).toBeLessThan(4)
    await worker.close()
  })
})

describe('a cluster that hangs', () => {
  it('holds up no other: each has a queue and hands of its own', async () => {
    await fleet.rows(`delete from pgboss.job where name = '${queueOf(fleet.clusterId)}'`)
    await fleet.rows(
      `update control.operation set state = 'cancelled', finished_at = now() where state = 'queued'`,
    )
    const worker = await fleet.work()
    fleet.cable.freeze()
    const stuck = await Promise.all(
      Array.from({ length: 6 }, () => fleet.provision(template, undefined, { clusterId: fleet.clusterId })),
    )
    const { operationId } = await fleet.provision(template, 'on-the-other', { clusterId: elsewhere })
    expect(await fleet.ended(operationId)).toBe('succeeded')
    const states = await fleet.rows(
      `select distinct state from control.operation where id = any('{${stuck.map((one) => one.operationId)}}')`,
    )
    expect(states.map(({ state }) => state)).not.toContain('succeeded')
    fleet.cable.mend()
    await worker.close()
  }, 60_000)
})
