import type { EscalationPolicy, IncidentState, Labels, Severity } from '@tenantry/contracts'
import { and, eq, inArray, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { alert, alertRule, cluster, escalation, escalationPolicy, incident, user } from '../schema/index.ts'
import { cutPage, decodeCursor, defaultLimit, exactly, holds, iso, isoOrNull, type Page } from './keyset.ts'

export interface IncidentFilter {
  readonly severities?: readonly Severity[] | undefined
  readonly ruleId?: string | undefined
  readonly clusterId?: string | undefined
  /** Those that an alert of this tenant belongs to. */
  readonly tenantId?: string | undefined
  /** Part of the title. */
  readonly text?: string | undefined
}

export interface IncidentListing extends IncidentFilter {
  /** `open`: worst first, then newest. `resolved`: last resolved first. */
  readonly which: 'open' | 'resolved'
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** One subject of an incident. */
export interface IncidentMember {
  readonly id: string
  readonly tenantId: string | null
  readonly tenantSlug: string | null
  readonly clusterId: string | null
  readonly clusterName: string | null
  readonly labels: Labels
  /** In the unit of the rule’s metric; null: nothing was measured. */
  readonly value: number | null
  readonly firedAt: string | null
  readonly resolvedAt: string | null
  readonly silenceId: string | null
  /** It is only a consequence of another alert. */
  readonly isInhibited: boolean
}

/** An incident, with the field names of `incident.changed` events. */
export interface IncidentRow {
  readonly id: string
  readonly state: IncidentState
  readonly severity: Severity
  readonly title: string
  readonly action: string
  readonly runbookUrl: string
  readonly ruleId: string | null
  readonly ruleName: string | null
  /** The outside source that it came from; null: a rule of ours. */
  readonly source: string | null
  readonly clusterId: string | null
  readonly clusterName: string | null
  readonly firing: number
  readonly total: number
  readonly silenced: number
  readonly acknowledgedBy: string | null
  readonly acknowledgedByName: string | null
  readonly acknowledgedAt: string | null
  readonly acknowledgedUntil: string | null
  readonly epoch: number
  readonly rowVersion: number
  readonly startedAt: string
  readonly resolvedAt: string | null
  /** Who is told next, and when; null: nobody. */
  readonly escalation: { readonly dueAt: string; readonly targets: readonly string[] } | null
  /** Alerts that fired in each of the last 24 hours, here and in earlier incidents of the same group; this hour last. */
  readonly strip: readonly number[]
  /** The three that fired last, while it is open. */
  readonly members: readonly IncidentMember[]
}

export interface IncidentPage extends Page<IncidentRow> {}

/** Worst first. */
export const severityRank = sql<number>`(case ${incident.severity} when 'critical' then 0 when 'warning' then 1 else 2 end)`

const columns = {
  id: incident.id,
  state: incident.state,
  severity: incident.severity,
  title: incident.title,
  action: incident.action,
  runbookUrl: incident.runbookUrl,
  ruleId: incident.ruleId,
  ruleName: alertRule.name,
  source: incident.source,
  clusterId: incident.clusterId,
  clusterName: cluster.name,
  firing: incident.firing,
  total: incident.total,
  silenced: incident.silenced,
  acknowledgedBy: incident.acknowledgedBy,
  acknowledgedByName: user.name,
  acknowledgedAt: isoOrNull(incident.acknowledgedAt),
  acknowledgedUntil: isoOrNull(incident.acknowledgedUntil),
  epoch: incident.epoch,
  rowVersion: incident.rowVersion,
  startedAt: iso(incident.startedAt),
  resolvedAt: isoOrNull(incident.resolvedAt),
  groupKey: incident.groupKey,
  dueAt: isoOrNull(escalation.dueAt),
  step: escalation.step,
  steps: escalationPolicy.steps,
}

/** Incidents with what a list shows of each; the caller says which. */
export const selectIncidents = (db: Database) =>
  db
    .select({ ...columns, rank: severityRank, started: exactly(incident.startedAt) })
    .from(incident)
    .leftJoin(alertRule, eq(alertRule.id, incident.ruleId))
    .leftJoin(cluster, eq(cluster.id, incident.clusterId))
    .leftJoin(user, eq(user.id, incident.acknowledgedBy))
    .leftJoin(escalation, eq(escalation.incidentId, incident.id))
    .leftJoin(escalationPolicy, eq(escalationPolicy.id, escalation.policyId))

function matching({
  which,
  severities,
  ruleId,
  clusterId,
  tenantId,
  text,
}: IncidentListing): SQL | undefined {
  return and(
    which === 'open' ? ne(incident.state, 'resolved') : eq(incident.state, 'resolved'),
    severities?.length ? inArray(incident.severity, [...severities]) : undefined,
    ruleId ? eq(incident.ruleId, ruleId) : undefined,
    clusterId
      ? or(
          eq(incident.clusterId, clusterId),
          sql`exists (select from ${alert} where ${alert.incidentId} = ${incident.id} and ${alert.clusterId} = ${clusterId})`,
        )
      : undefined,
    tenantId
      ? sql`${incident.id} in (select ${alert.incidentId} from ${alert} where ${alert.tenantId} = ${tenantId})`
      : undefined,
    text ? or(holds(incident.title, text), eq(incident.id, text)) : undefined,
  )
}

/** Incidents that last, worst first, or those that are over, the last first. */
export async function listIncidents(db: Database, listing: IncidentListing): Promise<IncidentPage> {
  const { which, cursor, limit = defaultLimit } = listing
  const isOpen = which === 'open'
  const ended = exactly(incident.resolvedAt)
  let after: SQL | undefined
  if (cursor && isOpen) {
    const [rank, at, id] = decodeCursor(cursor, ['whole', 'time', 'text'])
    after = sql`(${severityRank} > ${rank}::int or (${severityRank} = ${rank}::int
      and (${incident.startedAt}, ${incident.id}) < (${at}::timestamptz, ${id})))`
  } else if (cursor) {
    const [at, id] = decodeCursor(cursor, ['time', 'text'])
    after = sql`(${incident.resolvedAt}, ${incident.id}) < (${at}::timestamptz, ${id})`
  }
  const order = isOpen
    ? [sql`${severityRank}`, sql`${incident.startedAt} desc`, sql`${incident.id} desc`]
    : [sql`${incident.resolvedAt} desc`, sql`${incident.id} desc`]
  const rows = await selectIncidents(db)
    .where(and(matching(listing), after))
    .orderBy(...order)
    .limit(limit + 1)
  const ends = isOpen ? new Map<string, string>() : await endsOf(db, rows, ended)
  const page = cutPage(
    rows,
    limit,
    (row) => (isOpen ? [String(row.rank), row.started, row.id] : [ends.get(row.id) ?? row.started, row.id]),
    (row) => row,
  )
  return {
    items: await dress(db, page.items),
    nextCursor: page.nextCursor,
    total: await db.$count(incident, matching(listing)),
  }
}

async function endsOf(db: Database, rows: readonly { id: string }[], ended: SQL<string>) {
  if (rows.length === 0) return new Map<string, string>()
  const found = await db
    .select({ id: incident.id, ended })
    .from(incident)
    .where(
      inArray(
        incident.id,
        rows.map(({ id }) => id),
      ),
    )
  return new Map(found.map((row) => [row.id, row.ended]))
}

type Selected = Awaited<ReturnType<typeof selectIncidents>>[number]

/** Adds what stands in other tables: strip, members, whom an escalation calls. */
export async function dress(db: Database, rows: readonly Selected[]): Promise<IncidentRow[]> {
  if (rows.length === 0) return []
  const strips = await stripsOf(
    db,
    rows.map(({ groupKey }) => groupKey),
  )
  const open = rows.filter(({ state }) => state !== 'resolved').map(({ id }) => id)
  const members = await newestMembers(db, open)
  const names = await namesOfTargets(db, rows)
  return rows.map(({ groupKey, dueAt, step, steps, rank: _, started: __, ...row }) => ({
    ...row,
    escalation:
      dueAt && steps?.length && row.state === 'firing'
        ? {
            dueAt,
            targets: (steps[(step ?? 0) % steps.length]?.targets ?? []).map(
              (target) => names.get(idOf(target)) ?? 'somebody',
            ),
          }
        : null,
    strip: strips.get(groupKey) ?? new Array<number>(24).fill(0),
    members: members.get(row.id) ?? [],
  }))
}

type Target = EscalationPolicy['steps'][number]['targets'][number]
const idOf = (target: Target) =>
  target.kind === 'user' ? target.userId : target.kind === 'channel' ? target.channelId : target.scheduleId

async function namesOfTargets(db: Database, rows: readonly Selected[]): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ dueAt, steps }) =>
    dueAt && steps ? steps.flatMap(({ targets }) => targets.map(idOf)) : [],
  )
  return namesOf(db, ids)
}

/** The names of people, schedules and channels, by id. */
export async function namesOf(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const list = sql`any(${sql.param([...new Set(ids)])}::text[])`
  const { rows } = await db.execute<{ id: string; name: string }>(sql`
    select id, name from control."user" where id = ${list}
    union all select id, name from control.channel where id = ${list}
    union all select id, name from control.schedule where id = ${list}`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** How many alerts of each group fired in each of the last 24 hours. */
async function stripsOf(db: Database, groupKeys: readonly string[]): Promise<Map<string, number[]>> {
  const { rows } = await db.execute<{ groupKey: string; hour: number; count: number }>(sql`
    select i.group_key as "groupKey",
      floor(extract(epoch from date_trunc('hour', now()) - date_trunc('hour', a.fired_at)) / 3600)::int as hour,
      count(*)::int as count
    from control.incident i join control.alert a on a.incident_id = i.id
    where i.group_key = any(${sql.param([...new Set(groupKeys)])}::text[])
      and (i.state <> 'resolved' or i.resolved_at > now() - interval '24 hours')
      and a.fired_at > date_trunc('hour', now()) - interval '23 hours'
    group by 1, 2`)
  const strips = new Map<string, number[]>()
  for (const { groupKey, hour, count } of rows) {
    const strip = strips.get(groupKey) ?? new Array<number>(24).fill(0)
    const index = 23 - Math.max(0, hour)
    if (index >= 0) strip[index] = count
    strips.set(groupKey, strip)
  }
  return strips
}

const memberColumns = sql`a.id, a.tenant_id as "tenantId", t.slug as "tenantSlug", c.id as "clusterId",
  c.name as "clusterName", a.labels, a.value, control.iso(a.fired_at) as "firedAt",
  control.iso(a.resolved_at) as "resolvedAt", a.silence_id as "silenceId", a.inhibited_by is not null as "isInhibited"`
const memberNames = sql`left join control.tenant t on t.id = a.tenant_id left join control.cluster c on c.id = a.cluster_id`

async function newestMembers(db: Database, ids: readonly string[]): Promise<Map<string, IncidentMember[]>> {
  if (ids.length === 0) return new Map()
  const { rows } = await db.execute<IncidentMember & { incidentId: string; [key: string]: unknown }>(sql`
    select i.id as "incidentId", m.* from unnest(${sql.param([...ids])}::text[]) i (id)
    cross join lateral (
      select ${memberColumns} from (
        select * from control.alert where incident_id = i.id and state = 'firing' order by fired_at desc, id desc limit 3) a
      ${memberNames}) m
    order by m."firedAt" desc, m.id desc`)
  const grouped = Map.groupBy(rows, ({ incidentId }) => incidentId)
  return new Map([...grouped].map(([id, of]) => [id, of.map(({ incidentId: _, ...member }) => member)]))
}

export interface MemberListing {
  readonly incidentId: string
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** Everybody whom an incident is or was about: who fires first, then whose alert is over; the last that fired first. */
export async function listIncidentMembers(
  db: Database,
  listing: MemberListing,
): Promise<Page<IncidentMember>> {
  const { incidentId, cursor, limit = defaultLimit } = listing
  const over = sql`(a.state = 'resolved')::int`
  let after = sql`true`
  if (cursor) {
    const [rank, at, id] = decodeCursor(cursor, ['whole', 'time', 'text'])
    after = sql`(${over} > ${rank}::int or (${over} = ${rank}::int and (a.fired_at, a.id) < (${at}::timestamptz, ${id})))`
  }
  const of = sql`a.incident_id = ${incidentId} and a.fired_at is not null`
  const { rows } = await db.execute<
    IncidentMember & { rank: number; sortedBy: string; [key: string]: unknown }
  >(sql`
    select ${memberColumns}, ${over} as rank,
      to_char(a.fired_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "sortedBy"
    from control.alert a ${memberNames} where ${of} and ${after}
    order by ${over}, a.fired_at desc, a.id desc limit ${limit + 1}`)
  const { rows: counted } = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from control.alert a where ${of}`,
  )
  return {
    ...cutPage(
      rows,
      limit,
      (row) => [String(row.rank), row.sortedBy, row.id],
      ({ rank: _, sortedBy: __, ...member }) => member,
    ),
    total: counted[0]?.count ?? 0,
  }
}

/** How many incidents want somebody, by severity; and how many are taken or silenced. */
export interface FiringCounts {
  readonly critical: number
  readonly warning: number
  readonly info: number
  readonly acknowledged: number
  readonly silenced: number
}

/** What the shell shows: incidents that fire, that nobody has taken and that are not silenced. */
export async function countFiring(db: Database): Promise<FiringCounts> {
  const { rows } = await db.execute<FiringCounts & Record<string, unknown>>(sql`
    with open as (
      select severity, state, firing > 0 and silenced >= firing as quiet
      from control.incident where state <> 'resolved')
    select count(*) filter (where severity = 'critical' and state = 'firing' and not quiet)::int as critical,
      count(*) filter (where severity = 'warning' and state = 'firing' and not quiet)::int as warning,
      count(*) filter (where severity = 'info' and state = 'firing' and not quiet)::int as info,
      count(*) filter (where state = 'acknowledged')::int as acknowledged,
      count(*) filter (where state = 'firing' and quiet)::int as silenced
    from open`)
  return rows[0] ?? { critical: 0, warning: 0, info: 0, acknowledged: 0, silenced: 0 }
}
