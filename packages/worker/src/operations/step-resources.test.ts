import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Fleet, startFleet } from '../testing/start-fleet.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet()
})
afterAll(() => fleet.close())

const resourcesOf = async (operationId: string) =>
  Object.fromEntries(
    (
      await fleet.rows(
        `select name, resources, extract(epoch from finished_at - started_at) * 1000 as ms
         from control.operation_step where operation_id = '${operationId}'`,
      )
    ).map(({ name, resources, ms }) => [name, { ...resources, ms: Number(ms) }]),
  )

it('keeps with each step what it has had of the cluster, and nothing of what others did meanwhile', async () => {
  await fleet.work()
  const one = await fleet.provision('college-one')
  const two = await fleet.provision('college-two')
  await Promise.all([fleet.ended(one), fleet.ended(two)])
  const steps = await resourcesOf(one)
  const again = await resourcesOf(two)
  for (const name of ['roles', 'schema', 'template', 'verify']) {
    expect(steps[name].roundTrips, name).toBeGreaterThan(0)
    expect(steps[name].bytesSent, name).toBeGreaterThan(0)
    expect(steps[name].bytesReceived, name).toBeGreaterThan(0)
    expect(steps[name].lockWaitMs, name).toBeLessThanOrEqual(steps[name].databaseMs)
    // Side by side or not: the statements are counted where they are sent.
    expect(again[name].roundTrips, name).toBe(steps[name].roundTrips)
  }
  // The snapshot travels in the step that replays it.
  expect(steps.template.bytesSent).toBeGreaterThan(steps.schema.bytesSent)
})
