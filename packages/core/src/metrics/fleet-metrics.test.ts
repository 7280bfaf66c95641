import { metricNames, scopeOf } from '@tenantry/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleMetrics } from '../duties/sample-metrics.ts'
import { askCore, createTestCore, type TestCore } from '../testing/index.ts'
import { fleetMetrics } from './fleet-metrics.ts'

let test: TestCore
let ask: ReturnType<typeof askCore>
beforeAll(async () => {
  test = await createTestCore()
  ask = askCore(test)
})
afterAll(() => test.close())

const measured = () => test.core.db.transaction((tx) => fleetMetrics(tx))
/** As if what has ended just now had ended so long ago. */
const age = (interval: string) =>
  ask.rows(`update control.operation set finished_at = finished_at - interval '${interval}'
    where finished_at > now() - interval '30 seconds'`)

describe('the metrics of the fleet', () => {
  it('are all written down, once in five seconds however many processes there are', async () => {
    await sampleMetrics(test.core).run()
    await sampleMetrics(test.core).run()
    const written = await ask.rows(
      'select metric, count(*)::int as n from control.metric_sample group by 1 order by 1',
    )
    const all = metricNames.filter((name) => scopeOf(name) === 'fleet').sort()
    expect(written).toEqual(all.map((metric) => ({ metric, n: 1 })))
  })

  it('count every operation that has ended once, also one that is told of late', async () => {
    await ask.failedTenant()
    await age('90 seconds')
    expect(await measured()).toMatchObject({ fleet_operations_failed: 1, fleet_operations_ended: 1 })
    // Its transaction committed after the last look, and its end lies before that.
    await ask.failedTenant()
    await age('60 seconds')
    expect(await measured()).toMatchObject({ fleet_operations_failed: 2, fleet_operations_ended: 2 })
    // A day goes by.
    await ask.rows("update control.operation set finished_at = finished_at - interval '1 day'")
    await ask.rows("update control.sampling set until = until - interval '1 day' where name = 'operations'")
    await measured()
    expect(await measured()).toMatchObject({ fleet_operations_failed: 2, fleet_operations_ended: 2 })
  })

  it('say how many wait, for how long, and how many are past their deadline', async () => {
    const { operationId } = await ask.provision()
    await ask.rows(
      `update control.operation set due_at = now() - interval '70 seconds' where id = '${operationId}'`,
    )
    const waiting = await measured()
    expect(waiting).toMatchObject({ fleet_operations_queued: 1, fleet_operations_stuck: 0 })
    expect(waiting.fleet_queue_wait_seconds).toBeGreaterThan(69)
    await ask.claim(operationId)
    await ask.rows(
      `update control.operation set deadline_at = now() - interval '1 second' where id = '${operationId}'`,
    )
    expect(await measured()).toMatchObject({
      fleet_operations_queued: 0,
      fleet_operations_running: 1,
      fleet_operations_stuck: 1,
    })
  })

  it('tell of an audit row that was changed, and of its repair', async () => {
    const due = () =>
      ask.rows("update control.sampling set until = now() - interval '1 second' where name = 'audit'")
    expect((await measured()).fleet_audit_chain_ok).toBe(1)
    await test.control.pool.query(`
      set session_replication_role = replica;
      update control.audit set actor_name = 'Eve' where seq = 1;
      set session_replication_role = origin`)
    // It looks again half a minute later.
    expect((await measured()).fleet_audit_chain_ok).toBe(1)
    await due()
    expect((await measured()).fleet_audit_chain_ok).toBe(0)
    await test.control.pool.query(`
      set session_replication_role = replica;
      update control.audit set actor_name = 'Ana' where seq = 1;
      set session_replication_role = origin`)
    await due()
    expect((await measured()).fleet_audit_chain_ok).toBe(1)
  })
})
