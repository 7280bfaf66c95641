import { bandOf, type Lane, lanes } from '@tenantry/contracts'
import { type AnyColumn, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

/** What waits and what is in hand in one lane. */
export interface LaneCounts {
  readonly lane: Lane
  /** Not begun. */
  readonly queued: number
  readonly running: number
  /** Begun, and to go on later. */
  readonly waiting: number
  /** Of those, kept until a person decides. */
  readonly held: number
}

/** Whether a priority is in one of these lanes. */
export function inLanes(priority: AnyColumn | SQL, wanted: readonly Lane[]): SQL {
  const bands = wanted.map((lane) => {
    const { from, below } = bandOf(lane)
    return below === null
      ? sql`${priority} >= ${from}`
      : sql`${priority} >= ${from} and ${priority} < ${below}`
  })
  return sql`(${sql.join(bands, sql` or `)})`
}

/** The lanes of all clusters together, most urgent first. */
export async function countLanes(db: Database): Promise<LaneCounts[]> {
  const laneOf = sql.join(
    lanes.map((lane) => sql`when ${inLanes(sql`priority`, [lane])} then ${lane}`),
    sql` `,
  )
  const { rows } = await db.execute<LaneCounts & Record<string, unknown>>(sql`
    select case ${laneOf} end as lane, count(*) filter (where state = 'queued')::int as queued,
      count(*) filter (where state in ('running', 'undoing'))::int as running,
      count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state = 'waiting' and due_at is null)::int as held
    from control.operation where finished_at is null group by 1`)
  const none = { queued: 0, running: 0, waiting: 0, held: 0 }
  return lanes.map((lane) => rows.find((row) => row.lane === lane) ?? { lane, ...none })
}

/**
 * How many operations go before each of these on its cluster, by priority and age. Only for those that are due and that
 * no worker has in hand; others are missing in the answer.
 */
export async function placesInQueue(db: Database, ids: readonly string[]): Promise<Record<string, number>> {
  const { rows } = await db.execute<{ id: string; before: number }>(sql`
    with line as (
      select id, row_number() over (partition by cluster_id order by priority, created_at, id)::int - 1 as before
      from control.operation
      where finished_at is null and state in ('queued', 'waiting') and due_at <= clock_timestamp()
    )
    select id, before from line where id = any(${sql.param([...ids])})`)
  return Object.fromEntries(rows.map(({ id, before }) => [id, before]))
}
