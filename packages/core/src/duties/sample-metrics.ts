import type { MetricName } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import { fleetMetrics } from '../metrics/fleet-metrics.ts'
import { recordMetrics } from '../metrics/record-metrics.ts'
import type { Duty } from './duties.ts'
import { onceAcrossProcesses } from './once-across-processes.ts'

/** Writes down the metrics of the whole fleet, every five seconds. */
export function sampleMetrics({ db }: CoreContext): Duty {
  return {
    name: 'sample-metrics',
    everyMs: 5000,
    run: () =>
      onceAcrossProcesses(db, 'sample-metrics', async (tx) => {
        const { rows } = await tx.execute(sql`
          select from control.metric_sample where metric = 'fleet_workers' and cluster_id is null
            and at > clock_timestamp() - interval '4 seconds' limit 1`)
        if (rows.length) return
        const measured = Object.entries(await fleetMetrics(tx)) as [MetricName, number | null][]
        await recordMetrics(
          tx,
          measured.map(([metric, value]) => ({ metric, value })),
        )
      }),
  }
}
