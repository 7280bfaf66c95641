import {
  type AlertMemory,
  type AlertRule,
  faultOfRule,
  type History,
  judge,
  limitOf,
  type MetricName,
  measureCondition,
  metricsOf,
  reopenSeconds,
  type Sample,
  scopeOf,
  stepAlert,
  TenantryError,
} from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import { readSeries, type Stretch } from './read-series.ts'
import { subjectsOf } from './subjects.ts'

/** When a rule would have fired. Times are ISO. */
export interface RulePreview {
  /** Incidents there would have been, and how long they would have lasted together, seconds. */
  readonly fired: number
  readonly firedSeconds: number
  readonly firstAt: string | null
  readonly longestSeconds: number
  /** Whom it would have been about; at first, those for whom it would have fired longest. */
  readonly subjects: readonly SubjectPreview[]
  /** Subjects in scope, and how many of them were looked at: of tenants those that are furthest along now. */
  readonly inScope: number
  readonly looked: number
  /** Subjects for which it holds at this moment. */
  readonly holdsNow: number
  readonly from: string
  readonly to: string
  /** History is looked at in steps of so many seconds; of `coarseUntil` and before by the hour. */
  readonly stepSeconds: number
  readonly coarseUntil: string | null
}

export interface SubjectPreview {
  readonly id: string
  readonly name: string
  readonly firedSeconds: number
  /** The newest last, 20 at most. */
  readonly episodes: readonly { readonly from: string; readonly to: string | null }[]
}

/** Tenants that are looked at, at most. */
const mostTenants = 50
const hourSeconds = 3600
const iso = (ms: number) => new Date(ms).toISOString()

/**
 * Replays a rule, saved or not, over stored history, by the very functions that the evaluator decides with.
 * @throws TenantryError `invalid_input` for a rule that could never fire
 */
export async function previewRule(
  { db }: CoreContext,
  { rule, hours }: { readonly rule: AlertRule; readonly hours: number },
): Promise<RulePreview> {
  const fault = faultOfRule(rule)
  if (fault) {
    const detail = { field: `rule.${fault.field}`, action: fault.action }
    throw new TenantryError('invalid_input', fault.message, detail)
  }
  const { condition } = rule
  const scope = scopeOf(condition.metric)
  const { now, fineFrom } = await clockOf(db, scope)
  const stretches = stretchesOf({ now, fineFrom, hours, stepSeconds: scope === 'tenant' ? 300 : 60 })
  const { subjects, inScope } = await chooseSubjects(db, rule, stretches[0]?.from ?? now)
  const tenantIds = scope === 'tenant' ? subjects.map(({ key }) => key) : undefined
  const series = await Promise.all(
    metricsOf(condition).map((metric) => readAll(db, rule, metric, stretches, tenantIds)),
  )
  const replays = subjects.map((subject) => {
    const [metric = [], of = []] = series.map((by) => by.get(subject.key) ?? [])
    return { ...subject, ...replay(rule, { metric, of, since: subject.since }, stretches, now) }
  })
  const incidents = [...Map.groupBy(replays, (subject) => groupOf(rule, subject)).values()].flatMap(
    (members) => merge(members.flatMap(({ episodes }) => episodes)),
  )
  const secondsOf = (list: readonly Episode[]) =>
    Math.round(list.reduce((sum, { from, to }) => sum + ((to ?? now) - from) / 1000, 0))
  const fine = stretches.at(-1)
  return {
    fired: incidents.length,
    firedSeconds: secondsOf(incidents),
    firstAt: incidents.length ? iso(Math.min(...incidents.map(({ from }) => from))) : null,
    longestSeconds: Math.max(0, ...incidents.map((episode) => secondsOf([episode]))),
    subjects: replays
      .filter(({ episodes }) => episodes.length)
      .map(({ key, name, episodes }) => ({
        id: key,
        name,
        firedSeconds: secondsOf(episodes),
        episodes: episodes
          .slice(-20)
          .map(({ from, to }) => ({ from: iso(from), to: to === null ? null : iso(to) })),
      }))
      .toSorted((a, b) => b.firedSeconds - a.firedSeconds),
    inScope,
    looked: subjects.length,
    holdsNow: replays.filter(({ holds }) => holds).length,
    from: iso(stretches[0]?.from ?? now),
    to: iso(now),
    stepSeconds: fine?.stepSeconds ?? hourSeconds,
    coarseUntil: stretches.length > 1 ? iso(fine?.from ?? now) : null,
  }
}

interface Subject {
  readonly key: string
  readonly clusterId: string | null
  readonly name: string
  readonly since: number
}

/** Milliseconds; `to` is null while it goes on. */
interface Episode {
  readonly from: number
  readonly to: number | null
}

async function clockOf(db: Database, scope: string): Promise<{ now: number; fineFrom: number | null }> {
  const table = scope === 'tenant' ? 'usage_sample' : 'metric_sample'
  const { rows } = await db.execute<{ now: number; fineFrom: number | null }>(sql`
    select extract(epoch from clock_timestamp())::float8 * 1000 as now,
      extract(epoch from control.begin_of(${table}))::float8 * 1000 as "fineFrom"`)
  return rows[0] ?? { now: Date.now(), fineFrom: null }
}

/** By the hour where measurements are gone already, in fine steps from there on. */
function stretchesOf(of: {
  now: number
  fineFrom: number | null
  hours: number
  stepSeconds: number
}): Stretch[] {
  const floor = (ms: number, seconds: number) => Math.floor(ms / (seconds * 1000)) * seconds * 1000
  const from = floor(of.now - of.hours * hourSeconds * 1000, hourSeconds)
  const fineFrom = Math.min(Math.max(of.fineFrom ?? of.now, from), floor(of.now, of.stepSeconds))
  return [
    ...(fineFrom > from ? [{ from, to: fineFrom, stepSeconds: hourSeconds }] : []),
    { from: fineFrom, to: of.now, stepSeconds: of.stepSeconds },
  ]
}

async function chooseSubjects(
  db: Database,
  rule: AlertRule,
  since: number,
): Promise<{ subjects: Subject[]; inScope: number }> {
  const { metric } = rule.condition
  const isTenant = scopeOf(metric) === 'tenant'
  const order = sql.raw(limitOf(rule.condition).operator === 'above' ? 'desc' : 'asc')
  const furthest = isTenant
    ? sql`left join control.usage u on u.tenant_id = s.key
        order by u.${sql.identifier(metric.slice('tenant_'.length))} ${order} nulls last limit ${mostTenants}`
    : sql`order by s.name`
  const { rows } = await db.execute<Subject & { inScope: number } & Record<string, unknown>>(sql`
    with s as materialized (${subjectsOf(rule, metric, new Date(since))})
    select s.key, s.cluster_id as "clusterId", s.name, s.since, (select count(*)::int from s) as "inScope" from s ${furthest}`)
  return { subjects: rows, inScope: rows[0]?.inScope ?? 0 }
}

/** With what a window or a sample’s freshness reaches back to before the first step. */
async function readAll(
  db: Database,
  { condition }: AlertRule,
  metric: MetricName,
  stretches: readonly Stretch[],
  tenantIds: readonly string[] | undefined,
): Promise<Map<string, Sample[]>> {
  const extreme = limitOf(condition).operator === 'above' ? 'highest' : 'lowest'
  const reach = 'windowSeconds' in condition ? condition.windowSeconds * 1000 : 0
  const all = new Map<string, Sample[]>()
  for (const [i, stretch] of stretches.entries()) {
    const part = {
      ...stretch,
      from: i === 0 ? stretch.from - reach : stretch.from,
      ...(tenantIds ? { tenantIds } : {}),
    }
    const series = await readSeries(db, metric, part, condition.kind === 'threshold' ? extreme : 'value')
    for (const [key, samples] of series) all.set(key, [...(all.get(key) ?? []), ...samples])
  }
  return all
}

function replay(rule: AlertRule, history: History, stretches: readonly Stretch[], now: number) {
  const limit = limitOf(rule.condition)
  const episodes: { from: number; to: number | null }[] = []
  let memory: AlertMemory | null = null
  let holds = false
  const look = (at: number) => {
    const verdict = judge(limit, measureCondition(rule.condition, history, at))
    const after = stepAlert(rule, memory, verdict, at)
    const open = memory?.state === 'firing' ? episodes.at(-1) : undefined
    if (after?.state === 'firing' && !open) episodes.push({ from: at, to: null })
    if (after?.state !== 'firing' && open) open.to = at
    memory = after
    holds = verdict === 'holds'
  }
  for (const { from, to, stepSeconds } of stretches) {
    for (let at = Math.max(from, history.since); at < to; at += stepSeconds * 1000) look(at)
  }
  look(now)
  return { episodes, holds }
}

const groupOf = ({ groupBy }: AlertRule, { key, clusterId }: Subject) =>
  groupBy === 'rule' ? '' : groupBy === 'cluster' ? (clusterId ?? '') : key

/** Episodes of one incident: those that overlap, and those that begin again soon. */
function merge(episodes: readonly Episode[]): Episode[] {
  const merged: { from: number; to: number | null }[] = []
  for (const { from, to } of episodes.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (!last || (last.to !== null && from - last.to > reopenSeconds * 1000)) merged.push({ from, to })
    else if (last.to !== null) last.to = to === null ? null : Math.max(last.to, to)
  }
  return merged
}
