import {
  type AlertCondition,
  freshMs,
  type History,
  type MetricName,
  measureCondition,
  metrics,
  type Sample,
} from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

/** A tenant, a cluster, or (neither) the fleet. */
export interface SeriesSubject {
  readonly tenantId: string | null
  readonly clusterId: string | null
}

/** What a rule looked at, over time. */
export interface IncidentSeries {
  /** Of whom: the one that is farthest beyond the limit. */
  readonly subject: SeriesSubject & { readonly name: string | null }
  readonly condition: AlertCondition
  readonly from: string
  readonly to: string
  /** Start of a bucket with what the condition compares, in its unit; null: not measured. */
  readonly points: readonly { readonly at: string; readonly value: number | null }[]
}

const buckets = 120

/**
 * The value that an incident’s rule compares with its limit, from an hour before it began (or around `at`); undefined for
 * incidents without a rule of ours.
 */
export async function getIncidentSeries(
  db: Database,
  id: string,
  at?: Date,
): Promise<IncidentSeries | undefined> {
  const { rows } = await db.execute<{
    condition: AlertCondition
    tenantId: string | null
    clusterId: string | null
    name: string | null
    from: number
    to: number
  }>(sql`
    select r.condition, a.tenant_id as "tenantId", a.cluster_id as "clusterId", coalesce(t.slug, c.name) as name,
      extract(epoch from coalesce(${at ?? null}::timestamptz, i.started_at) - interval '1 hour')::float8 as from,
      extract(epoch from least(now(), coalesce(${at ?? null}::timestamptz, i.resolved_at, now()) + interval '15 minutes'))::float8 as to
    from control.incident i join control.alert_rule r on r.id = i.rule_id
    left join lateral (
      select * from control.alert a where a.incident_id = i.id
      order by a.state = 'resolved', case r.condition ->> 'operator' when 'below' then a.value else -a.value end nulls last, a.id
      limit 1) a on true
    left join control.tenant t on t.id = a.tenant_id left join control.cluster c on c.id = a.cluster_id
    where i.id = ${id}`)
  const row = rows[0]
  if (!row) return undefined
  const { condition, tenantId, clusterId, name } = row
  const subject = { tenantId, clusterId, name }
  const window = { from: row.from, to: Math.max(row.to, row.from + 60) }
  return {
    subject,
    condition,
    from: new Date(window.from * 1000).toISOString(),
    to: new Date(window.to * 1000).toISOString(),
    points: await compared(db, condition, subject, window),
  }
}

/** The samples of one subject, at most two thousand steps of them. */
async function samplesOf(
  db: Database,
  metric: MetricName,
  { tenantId, clusterId }: SeriesSubject,
  from: number,
  to: number,
): Promise<Sample[]> {
  const step = Math.max(1, Math.ceil((to - from) / 2000))
  const only = (id: string | null) => sql`${id === null ? null : sql.param([id])}::text[]`
  const { rows } = await db.execute<{ at: number; value: number }>(sql`
    select extract(epoch from at)::float8 * 1000 as at, value
    from control.metric_history(${metric}, to_timestamp(${from}::float8), to_timestamp(${to}::float8),
      make_interval(secs => ${step}::int), ${only(tenantId)}, ${only(tenantId ? null : clusterId)}) order by at`)
  return rows
}

/** What the rule compared at each moment, by the evaluator’s own measure; of a forecast and an absence, the metric itself. */
async function compared(
  db: Database,
  condition: AlertCondition,
  subject: SeriesSubject,
  { from, to }: { from: number; to: number },
): Promise<IncidentSeries['points']> {
  // A rule may be older than the words of this version.
  if (!(condition.metric in metrics)) return []
  const isRaw = condition.kind === 'forecast' || condition.kind === 'absence'
  const drawn: AlertCondition = isRaw
    ? { kind: 'threshold', metric: condition.metric, operator: 'above', value: 0 }
    : condition
  const lead = Math.max('windowSeconds' in drawn ? drawn.windowSeconds : 0, freshMs(drawn.metric) / 1000)
  const history: History = {
    metric: await samplesOf(db, drawn.metric, subject, from - lead, to),
    ...(drawn.kind === 'ratio' ? { of: await samplesOf(db, drawn.of, subject, from - lead, to) } : {}),
    since: 0,
  }
  return Array.from({ length: buckets }, (_, n) => {
    const at = (from + ((to - from) * n) / (buckets - 1)) * 1000
    return { at: new Date(at).toISOString(), value: measureCondition(drawn, history, at) ?? null }
  })
}
