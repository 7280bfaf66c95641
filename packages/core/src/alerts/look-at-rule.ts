import {
  freshMs,
  type History,
  judge,
  limitOf,
  type Measured,
  type MetricName,
  measureCondition,
  metrics,
  metricsOf,
  type Sample,
  scopeOf,
} from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { type SQL, sql } from 'drizzle-orm'
import type { Look, Looked, Moment, RuleRow } from './engine.ts'
import { readSeries } from './read-series.ts'
import { subjectsOf, whyGone } from './subjects.ts'

interface Found {
  readonly subjects: number
  readonly measured: number
  readonly looks: readonly FoundLook[]
}
interface FoundLook extends Omit<Look, 'measured' | 'memory'> {
  readonly key: string
  readonly state: 'pending' | 'firing' | null
  readonly pendingAt: number
  readonly clearAt: number | null
  readonly since: number
  /** Null: not measured. */
  readonly now: number | null
}

/** Measures a rule for all its subjects at one moment, and brings with them the alerts that are open. */
export async function lookAtRule(db: Database, rule: RuleRow, moment: Moment): Promise<Looked> {
  const { condition } = rule
  // What needs no history is compared by the database: of 10,000 tenants only those come that matter.
  if (condition.kind === 'threshold') {
    const limit = sql.raw(condition.operator === 'above' ? '>' : '<')
    const found = await find(db, rule, {
      now: sql`case when m.at > ${moment.at}::timestamptz - make_interval(secs => ${freshMs(condition.metric) / 1000}) then m.value end`,
      from: lastMeasured(rule),
      where: sql`s.now ${limit} ${condition.value}`,
    })
    return toLooked(rule, found, ({ now }) => now ?? undefined)
  }
  if (condition.kind === 'absence') {
    const found = await find(db, rule, {
      now: sql`extract(epoch from ${moment.at}::timestamptz - coalesce(m.at, to_timestamp(s.since / 1000)))::float8`,
      from: lastSeen(rule),
      where: sql`s.now > ${condition.seconds}`,
    })
    return toLooked(rule, found, ({ now }) => now ?? undefined)
  }
  const found = await find(db, rule, { now: sql`null::float8`, from: sql``, where: sql`true` })
  const series = await Promise.all(
    metricsOf(condition).map((metric) =>
      readSeries(db, metric, {
        from: moment.ms - condition.windowSeconds * 1000 - freshMs(metric),
        to: moment.ms,
        stepSeconds: Math.max(Math.floor(condition.windowSeconds / 60), 1),
      }),
    ),
  )
  const historyOf = ({ key, since }: FoundLook): History => {
    const [metric = none, of = none] = series.map((by) => by.get(key) ?? none)
    return { metric, of, since }
  }
  const limit = limitOf(condition)
  const measured = new Map(
    found.looks.map((look) => [look.key, measureCondition(condition, historyOf(look), moment.ms)]),
  )
  const known = [...measured.values()].filter((value) => value !== undefined).length
  const looks = found.looks.filter(
    ({ key, alertId }) => alertId !== null || judge(limit, measured.get(key)) === 'holds',
  )
  return toLooked(rule, { ...found, looks, measured: known }, ({ key }) => measured.get(key))
}

const none: readonly Sample[] = []

/** What each subject was measured to last. */
function lastMeasured({ condition: { metric } }: RuleRow): SQL {
  return scopeOf(metric) === 'tenant'
    ? sql`left join lateral (select u.seen_at as at, ${columnOf(metric)}::float8 as value from control.usage u
        where u.tenant_id = s.key) m on true`
    : sql`left join control.metric_now(${metric}) m on m.cluster_id is not distinct from s.cluster_id`
}

const columnOf = (metric: MetricName) => sql`u.${sql.identifier(metric.slice('tenant_'.length))}`

/** When each subject was measured last, however long ago. */
function lastSeen({ condition: { metric } }: RuleRow): SQL {
  return scopeOf(metric) === 'tenant'
    ? sql`left join lateral (select u.seen_at as at from control.usage u
        where u.tenant_id = s.key and ${columnOf(metric)} is not null) m on true`
    : sql`left join lateral (select max(x.at) as at from control.metric_sample x
        where x.metric = ${metric} and x.cluster_id is not distinct from s.cluster_id) m on true`
}

async function find(
  db: Database,
  rule: RuleRow,
  { now, from, where }: { now: SQL; from: SQL; where: SQL },
): Promise<Found> {
  const { rows } = await db.execute<Found & Record<string, unknown>>(sql`
    with s as materialized (
      select s.*, ${now} as now from (${subjectsOf(rule, rule.condition.metric, rule.createdAt)}) s ${from}
    ), a as materialized (
      select a.*, coalesce(a.tenant_id, a.cluster_id, '') as key from control.alert a
      where a.rule_id = ${rule.id} and a.state <> 'resolved'
    ), look as (
      select coalesce(s.key, a.key) as key, a.id as "alertId", a.incident_id as "incidentId", i.group_key as "groupKey", a.state, a.value,
        coalesce(extract(epoch from a.pending_at)::float8 * 1000, 0) as "pendingAt",
        extract(epoch from a.clear_at)::float8 * 1000 as "clearAt",
        coalesce(s.tenant_id, a.tenant_id) as "tenantId", coalesce(s.cluster_id, a.cluster_id) as "clusterId",
        coalesce(s.name, t.slug, c.name, 'fleet') as name, coalesce(s.labels, a.labels) as labels,
        coalesce(s.since, 0) as since, s.now,
        case when s.key is null then ${whyGone} end as gone, coalesce(i.refired, 0) as refired
      from s full join a on a.key = s.key
      left join control.tenant t on t.id = a.tenant_id
      left join control.cluster c on c.id = a.cluster_id
      left join control.incident i on i.id = a.incident_id
      where a.id is not null or ${where}
    )
    select (select count(*)::int from s) as subjects, (select count(s.now)::int from s) as measured,
      (select coalesce(jsonb_agg(look), '[]') from look) as looks`)
  const [found] = rows
  if (!found) throw new Error(`rule ${rule.id} was not looked at`)
  return found
}

function toLooked(
  rule: RuleRow,
  { subjects, measured, looks }: Found,
  of: (look: FoundLook) => Measured,
): Looked {
  return {
    fault: faultOf(rule, subjects, measured),
    looks: looks.map(({ state, pendingAt, clearAt, ...look }) => ({
      ...look,
      memory: state && { state, pendingAt, clearAt },
      measured: of({ state, pendingAt, clearAt, ...look }),
    })),
  }
}

function faultOf({ condition, scope }: RuleRow, subjects: number, measured: number): string | null {
  const of = scopeOf(condition.metric)
  const isNarrowed = scope.clusterIds.length || scope.tenantIds.length || Object.keys(scope.labels).length
  if (subjects === 0) return isNarrowed ? `No ${of} is in its scope now.` : null
  if (measured > 0 || condition.kind === 'absence') return null
  const titles = metricsOf(condition).map((metric) => `“${metrics[metric].title}”`)
  return `${titles.join(' and ')} ${titles.length > 1 ? 'have' : 'has'} not been measured lately of any ${of}: it cannot fire.`
}
