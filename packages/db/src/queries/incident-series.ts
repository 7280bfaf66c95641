import { type AlertCondition, type MetricName, metrics, scopeOf } from '@tenantry/contracts'
import { type SQL, sql } from 'drizzle-orm'
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

/** What was measured last at or before `at`; what is older than a quarter of an hour and a bit is unknown. */
function measured(metric: MetricName, subject: SeriesSubject, at: SQL): SQL {
  if (!(metric in metrics)) return sql`null::float8`
  const recent = sql`s.at <= ${at} and s.at > ${at} - interval '20 minutes'`
  if (scopeOf(metric) === 'tenant') {
    const column = sql.identifier(metric.slice('tenant_'.length))
    return sql`(select s.${column}::float8 from control.usage_sample s where s.tenant_id = ${subject.tenantId}
      and s.${column} is not null and ${recent} order by s.at desc limit 1)`
  }
  const whose =
    scopeOf(metric) === 'cluster' ? sql`s.cluster_id = ${subject.clusterId}` : sql`s.cluster_id is null`
  return sql`(select s.value from control.metric_sample s where s.metric = ${metric} and ${whose} and ${recent}
    order by s.at desc limit 1)`
}

/** What a condition compares with its limit, at a moment. */
function comparedAt(condition: AlertCondition, subject: SeriesSubject): SQL {
  const now = sql`b.at`
  const value = measured(condition.metric, subject, now)
  if (condition.kind === 'rate' || condition.kind === 'ratio') {
    const then = sql`b.at - make_interval(secs => ${condition.windowSeconds})`
    const came = (metric: MetricName) =>
      metrics[metric]?.kind === 'counter' || condition.kind === 'rate'
        ? sql`(${measured(metric, subject, now)} - ${measured(metric, subject, then)})`
        : measured(metric, subject, now)
    if (condition.kind === 'rate') return sql`${came(condition.metric)} / ${condition.windowSeconds}::float8`
    return sql`${came(condition.metric)} / nullif(${came(condition.of)}, 0)`
  }
  return value
}

async function compared(
  db: Database,
  condition: AlertCondition,
  subject: SeriesSubject,
  { from, to }: { from: number; to: number },
): Promise<IncidentSeries['points']> {
  const step = (to - from) / (buckets - 1)
  const { rows } = await db.execute<{ at: string; value: number | null }>(sql`
    select to_char(b.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, ${comparedAt(condition, subject)} as value
    from (select to_timestamp(${from}::float8 + n * ${step}::float8) as at
      from generate_series(0, ${buckets - 1}::int) n) b order by b.at`)
  return rows
}
