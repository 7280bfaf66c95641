import type { OperationKind } from '@tenantry/contracts'
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

/** How one step of one kind of operation has fared. Seconds are of the wall; the rest is a mean of what was counted. */
export interface StepFigures {
  readonly kind: OperationKind
  readonly name: string
  readonly runs: number
  /** Of them, those that did not end well. */
  readonly failed: number
  readonly p50: number
  readonly p95: number
  readonly max: number
  /** Of all runs together. */
  readonly total: number
  /** Means of one run; null where none was counted. */
  readonly roundTrips: number | null
  readonly databaseMs: number | null
  readonly lockWaitMs: number | null
  readonly bytesSent: number | null
  readonly bytesReceived: number | null
  /** The operation whose run took longest. */
  readonly slowest: string
}

export interface StepFilter {
  /** Days back, by when the operation ended. */
  readonly days: number
  readonly kinds?: readonly OperationKind[] | undefined
  readonly clusterId?: string | undefined
  readonly limit: number
}

/** The steps that took longest, by p95, of the operations that ended lately. */
export async function slowestSteps(db: Database, filter: StepFilter): Promise<StepFigures[]> {
  const wanted: SQL[] = [sql`o.finished_at > now() - ${filter.days} * interval '1 day'`]
  if (filter.kinds?.length) wanted.push(sql`o.kind in ${filter.kinds}`)
  if (filter.clusterId) wanted.push(sql`o.cluster_id = ${filter.clusterId}`)
  const { rows } = await db.execute<StepFigures & Record<string, unknown>>(sql`
    with run as (
      select o.id, o.kind, s.name, s.state, s.resources,
        extract(epoch from s.finished_at - s.started_at)::float8 as seconds
      from control.operation o join control.operation_step s on s.operation_id = o.id
      where ${sql.join(wanted, sql` and `)} and s.direction = 'up' and s.finished_at is not null
    )
    select kind, name, count(*)::int as runs, (count(*) filter (where state <> 'done'))::int as failed,
      percentile_cont(0.5) within group (order by seconds) as p50,
      percentile_cont(0.95) within group (order by seconds) as p95,
      max(seconds) as max, sum(seconds) as total,
      avg((resources ->> 'roundTrips')::float8) as "roundTrips",
      avg((resources ->> 'databaseMs')::float8) as "databaseMs",
      avg((resources ->> 'lockWaitMs')::float8) as "lockWaitMs",
      avg((resources ->> 'bytesSent')::float8) as "bytesSent",
      avg((resources ->> 'bytesReceived')::float8) as "bytesReceived",
      (array_agg(id order by seconds desc))[1] as slowest
    from run group by kind, name order by p95 desc, kind, name limit ${filter.limit}`)
  return rows
}
