import { sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'

/** How the evaluation of rules goes. */
export interface EngineView {
  /** Which process evaluates, as `host:pid:…`; null: none does. */
  readonly holder: string | null
  readonly evaluatedAt: string | null
  /** Seconds since the last whole evaluation; null: there was none. */
  readonly ageSeconds: number | null
  readonly tookMs: number | null
  /** Nobody would be told of anything: it should have evaluated long ago. */
  readonly isLate: boolean
  readonly rules: number
  /** Rules that cannot fire as things are. */
  readonly faults: number
}

const lateSeconds = 30

/** Whether the rules are evaluated: what watches over all else is watched here. */
export async function readEngine({ db }: CoreContext): Promise<EngineView> {
  const { rows } = await db.execute<EngineView & Record<string, unknown>>(sql`
    select case when e.lease_until > clock_timestamp() then e.holder end as holder, control.iso(e.evaluated_at) as "evaluatedAt",
      round(extract(epoch from clock_timestamp() - e.evaluated_at)::numeric, 1)::float8 as "ageSeconds", e.took_ms as "tookMs",
      coalesce(e.evaluated_at < clock_timestamp() - make_interval(secs => ${lateSeconds}), true) as "isLate",
      (select count(*)::int from control.alert_rule where enabled) as rules,
      (select count(*)::int from control.alert_rule where enabled and fault is not null) as faults
    from (select 1) one left join control.alert_evaluator e on e.id = 1`)
  const [row] = rows
  if (!row) throw new Error('the control database answered nothing')
  return row
}
