import type { StepResources } from '@tenantry/contracts'
import { runVerb, suspendTenant, systemActor } from '@tenantry/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Fleet, startFleet } from '../testing/start-fleet.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet()
})
afterAll(() => fleet.close())

async function resourcesOf(operationId: string): Promise<Record<string, StepResources>> {
  const rows = await fleet.rows(
    `select name, resources from control.operation_step where operation_id = '${operationId}'`,
  )
  return Object.fromEntries(rows.map(({ name, resources }) => [name, resources]))
}

it('keeps with each step what it has had of the cluster, and nothing of what others did meanwhile', async () => {
  await fleet.work()
  const template = await fleet.template()
  // The first one shows what a provision has when nobody is beside it.
  const alone = await fleet.provision(template)
  await fleet.ended(alone.operationId)
  const besides = await Promise.all([1, 2, 3, 4].map(() => fleet.provision(template)))
  await Promise.all(besides.map(({ operationId }) => fleet.ended(operationId)))
  const first = await resourcesOf(alone.operationId)
  for (const name of ['roles', 'schema', 'template', 'seed', 'verify']) {
    expect(first[name]?.roundTrips, name).toBeGreaterThan(0)
    expect(first[name]?.bytesSent, name).toBeGreaterThan(0)
    expect(first[name]?.bytesReceived, name).toBeGreaterThan(0)
    expect(first[name]?.lockWaitMs, name).toBeLessThanOrEqual(first[name]?.databaseMs ?? 0)
  }
  // The snapshot travels in the step that replays it.
  expect(first.template?.bytesSent).toBeGreaterThan(first.roles?.bytesSent ?? 0)
  for (const { operationId } of besides) {
    const steps = await resourcesOf(operationId)
    for (const name of ['roles', 'schema', 'template', 'seed', 'verify']) {
      expect(steps[name]?.roundTrips, name).toBe(first[name]?.roundTrips)
    }
  }
})

it('says how long a step waited for its tenant’s lane', async () => {
  const template = await fleet.template(undefined, undefined, 'held')
  const { tenantId, operationId: provisioned } = await fleet.provision(template)
  await fleet.ended(provisioned)
  const holder = await fleet.cluster.pool.connect()
  try {
    await holder.query('begin')
    await holder.query('select from tenantry.tenant where tenant_id = $1 for update', [tenantId])
    const { operationId } = await runVerb(fleet.core, systemActor, suspendTenant, {
      idempotencyKey: 'held',
      tenantId: tenantId ?? '',
      reason: 'test',
    })
    // Until the server shows somebody who waits for the holder.
    await expect
      .poll(async () => {
        const { rows } = await fleet.cluster.pool.query(
          `select count(*)::int as waiting from pg_stat_activity
           where wait_event_type = 'Lock' and application_name like 'tenantry:' || $1 || ':%'`,
          [operationId],
        )
        return rows[0].waiting
      })
      .toBe(1)
    await holder.query('select pg_sleep(0.1)')
    await holder.query('commit')
    await fleet.ended(operationId)
    const waits = Object.values(await resourcesOf(operationId)).map(({ lockWaitMs }) => lockWaitMs)
    expect(Math.max(...waits)).toBeGreaterThanOrEqual(100)
  } finally {
    holder.release()
  }
})
