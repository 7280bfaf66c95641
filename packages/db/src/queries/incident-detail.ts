import type {
  AlertCondition,
  ChannelKind,
  IncidentEventKind,
  NotificationEvent,
  NotificationState,
} from '@tenantry/contracts'
import { asc, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import {
  alertRule,
  channel,
  escalationPolicy,
  incident,
  incidentEvent,
  notification,
  user,
} from '../schema/index.ts'
import { dress, type IncidentRow, namesOf, selectIncidents } from './incidents.ts'
import { iso, isoOrNull } from './keyset.ts'

/** One line of an incident’s timeline. */
export interface IncidentEventRow {
  readonly id: string
  readonly kind: IncidentEventKind
  readonly at: string
  /** Null: the system. */
  readonly userName: string | null
  readonly text: string
}

/** One message to one channel, with how its last attempt ended. */
export interface IncidentDelivery {
  readonly id: string
  readonly channelName: string
  readonly channelKind: ChannelKind
  /** Whom, where the channel reaches one person. */
  readonly userName: string | null
  readonly event: NotificationEvent
  readonly state: NotificationState
  readonly attempts: number
  readonly createdAt: string
  readonly endedAt: string | null
  /** When it is tried next, while it is queued. */
  readonly dueAt: string
  readonly fault: string | null
  /** What the other side answered last: HTTP status or SMTP reply. */
  readonly status: number | null
  readonly tookMs: number | null
}

export interface IncidentDetail extends IncidentRow {
  /** The rule as it is now; null: it came from outside. */
  readonly rule: {
    readonly id: string
    readonly name: string
    readonly description: string
    readonly condition: AlertCondition
    readonly forSeconds: number
    readonly keepFiringSeconds: number
    readonly policyName: string | null
    readonly isRemoved: boolean
  } | null
  /** In order; the last 200. */
  readonly timeline: readonly IncidentEventRow[]
  /** In order; the last 100. */
  readonly deliveries: readonly IncidentDelivery[]
}

/** One incident with everything that its page shows but its members and its chart; undefined when there is none. */
export async function getIncident(db: Database, id: string): Promise<IncidentDetail | undefined> {
  const rows = await selectIncidents(db).where(eq(incident.id, id))
  const [row] = await dress(db, rows)
  if (!row) return undefined
  return {
    ...row,
    rule: row.ruleId ? await ruleOf(db, row.ruleId) : null,
    timeline: await timelineOf(db, id),
    deliveries: await deliveriesOf(db, id),
  }
}

async function ruleOf(db: Database, ruleId: string): Promise<IncidentDetail['rule']> {
  const [rule] = await db
    .select({
      id: alertRule.id,
      name: alertRule.name,
      description: alertRule.description,
      condition: alertRule.condition,
      forSeconds: alertRule.forSeconds,
      keepFiringSeconds: alertRule.keepFiringSeconds,
      policyName: escalationPolicy.name,
      isRemoved: sql<boolean>`${alertRule.removedAt} is not null`,
    })
    .from(alertRule)
    .leftJoin(
      escalationPolicy,
      sql`${escalationPolicy.id} = ${alertRule.policyId} or (${alertRule.policyId} is null and ${escalationPolicy.isDefault})`,
    )
    .where(eq(alertRule.id, ruleId))
    .limit(1)
  return rule ?? null
}

async function timelineOf(db: Database, incidentId: string): Promise<IncidentEventRow[]> {
  const rows = await db
    .select({
      id: incidentEvent.id,
      kind: incidentEvent.kind,
      at: iso(incidentEvent.at),
      userName: user.name,
      text: incidentEvent.text,
    })
    .from(incidentEvent)
    .leftJoin(user, eq(user.id, incidentEvent.userId))
    .where(eq(incidentEvent.incidentId, incidentId))
    .orderBy(desc(incidentEvent.at), desc(incidentEvent.id))
    .limit(200)
  return rows.toReversed()
}

async function deliveriesOf(db: Database, incidentId: string): Promise<IncidentDelivery[]> {
  const rows = await db
    .select({
      id: notification.id,
      channelName: channel.name,
      channelKind: channel.kind,
      userName: user.name,
      event: notification.event,
      state: notification.state,
      attempts: notification.attempts,
      createdAt: iso(notification.createdAt),
      endedAt: isoOrNull(notification.endedAt),
      dueAt: iso(notification.dueAt),
      fault: notification.fault,
      status: sql<number | null>`(select d.status from control.delivery d
        where d.notification_id = ${notification.id} order by d.attempt desc limit 1)`,
      tookMs: sql<number | null>`(select d.took_ms from control.delivery d
        where d.notification_id = ${notification.id} order by d.attempt desc limit 1)`,
    })
    .from(notification)
    .innerJoin(channel, eq(channel.id, notification.channelId))
    .leftJoin(user, eq(user.id, notification.userId))
    .where(eq(notification.incidentId, incidentId))
    .orderBy(desc(notification.createdAt), desc(notification.id))
    .limit(100)
  return rows.toReversed()
}

/** One policy that a rule can name, and what it does in words: `{ afterSeconds, targets: ['db-oncall', 'Slack'] }` a step. */
export interface PolicyRow {
  readonly id: string
  readonly name: string
  readonly isDefault: boolean
  readonly steps: readonly { readonly afterSeconds: number; readonly targets: readonly string[] }[]
}

/** Where a rule’s incidents may be sent. */
export async function listRoutes(db: Database): Promise<PolicyRow[]> {
  const rows = await db
    .select({
      id: escalationPolicy.id,
      name: escalationPolicy.name,
      isDefault: escalationPolicy.isDefault,
      steps: escalationPolicy.steps,
    })
    .from(escalationPolicy)
    .where(sql`${escalationPolicy.removedAt} is null`)
    .orderBy(asc(escalationPolicy.name))
  const idOf = (target: (typeof rows)[number]['steps'][number]['targets'][number]) =>
    target.kind === 'user' ? target.userId : target.kind === 'channel' ? target.channelId : target.scheduleId
  const names = await namesOf(
    db,
    rows.flatMap(({ steps }) => steps.flatMap(({ targets }) => targets.map(idOf))),
  )
  return rows.map((row) => ({
    ...row,
    steps: row.steps.map(({ afterSeconds, targets }) => ({
      afterSeconds,
      targets: targets.map((target) => names.get(idOf(target)) ?? 'somebody'),
    })),
  }))
}
