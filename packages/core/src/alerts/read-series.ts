import type { MetricName, Sample } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'

/** By tenant or cluster id; of the fleet, by ''. */
export type Series = ReadonlyMap<string, readonly Sample[]>

export interface Stretch {
  /** Milliseconds, as is `to`, which is not included. */
  readonly from: number
  readonly to: number
  readonly stepSeconds: number
  /** Of these tenants alone. */
  readonly tenantIds?: readonly string[]
}

/** A metric’s history of every subject in steps, oldest first. @param which the value that stands for a step */
export async function readSeries(
  db: Database,
  metric: MetricName,
  { from, to, stepSeconds, tenantIds }: Stretch,
  which: 'value' | 'lowest' | 'highest' = 'value',
): Promise<Series> {
  const { rows } = await db.execute<{ key: string; at: number[]; value: number[] }>(sql`
    select coalesce(tenant_id, cluster_id, '') as key,
      array_agg(extract(epoch from at)::float8 * 1000 order by at) as at,
      array_agg(${sql.identifier(which)} order by at) as value
    from control.metric_history(${metric}, to_timestamp(${from / 1000}::float8), to_timestamp(${to / 1000}::float8),
      make_interval(secs => ${stepSeconds}), ${tenantIds ? sql.param(tenantIds) : null}::text[])
    group by 1`)
  return new Map(
    rows.map(({ key, at, value }) => [key, at.map((time, i) => ({ at: time, value: value[i] ?? 0 }))]),
  )
}
