import type {
  ChannelKind,
  NotificationEvent,
  NotificationMessage,
  NotificationState,
} from '@tenantry/contracts'
import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { channel, delivery, notification, user } from '../schema/index.ts'
import { cutPage, decodeCursor, defaultLimit, exactly, iso, isoOrNull, type Page } from './keyset.ts'

export interface NotificationListing {
  readonly channelId?: string | undefined
  readonly incidentId?: string | undefined
  readonly states?: readonly NotificationState[] | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** One message to one channel. */
export interface NotificationRow {
  readonly id: string
  /** Null: a test. */
  readonly incidentId: string | null
  readonly channelId: string
  readonly channelName: string
  readonly channelKind: ChannelKind
  readonly channelEnabled: boolean
  /** Whom, where it reaches one person. */
  readonly userName: string | null
  readonly event: NotificationEvent
  readonly state: NotificationState
  readonly title: string
  readonly attempts: number
  /** The next attempt, while it is on its way. */
  readonly dueAt: string
  readonly fault: string | null
  readonly createdAt: string
  readonly endedAt: string | null
  /** Of the last attempt. */
  readonly status: number | null
  readonly tookMs: number | null
}

export interface NotificationPage extends Page<NotificationRow> {
  /** How many there are in each state, under the filter but for its states. */
  readonly byState: Partial<Record<NotificationState, number>>
}

const lastOf = (column: SQL) =>
  sql`(select ${column} from control.delivery d where d.notification_id = ${notification.id} order by d.attempt desc limit 1)`

const selectNotifications = (db: Database) =>
  db
    .select({
      id: notification.id,
      incidentId: notification.incidentId,
      channelId: notification.channelId,
      channelName: channel.name,
      channelKind: channel.kind,
      channelEnabled: channel.enabled,
      userName: user.name,
      event: notification.event,
      state: notification.state,
      title: sql<string>`${notification.message} ->> 'title'`,
      attempts: notification.attempts,
      dueAt: iso(notification.dueAt),
      fault: notification.fault,
      createdAt: iso(notification.createdAt),
      endedAt: isoOrNull(notification.endedAt),
      status: sql<number | null>`${lastOf(sql`d.status`)}`,
      tookMs: sql<number | null>`${lastOf(sql`d.took_ms`)}`,
      exact: exactly(notification.createdAt),
    })
    .from(notification)
    .innerJoin(channel, eq(channel.id, notification.channelId))
    .leftJoin(user, eq(user.id, notification.userId))

/** A page of what was said, the newest first. */
export async function listNotifications(
  db: Database,
  { channelId, incidentId, states, cursor, limit = defaultLimit }: NotificationListing,
): Promise<NotificationPage> {
  const common = and(
    channelId ? eq(notification.channelId, channelId) : undefined,
    incidentId ? eq(notification.incidentId, incidentId) : undefined,
  )
  const matching = and(common, states?.length ? inArray(notification.state, [...states]) : undefined)
  let after: SQL | undefined
  if (cursor) {
    const [at, id] = decodeCursor(cursor, ['time', 'text'])
    after = sql`(${notification.createdAt}, ${notification.id}) < (${at}::timestamptz, ${id})`
  }
  const rows = await selectNotifications(db)
    .where(and(matching, after))
    .orderBy(desc(notification.createdAt), desc(notification.id))
    .limit(limit + 1)
  const byState = await db
    .select({ state: notification.state, count: sql<number>`count(*)::int` })
    .from(notification)
    .where(common)
    .groupBy(notification.state)
  return {
    ...cutPage(
      rows,
      limit,
      (row) => [row.exact, row.id],
      ({ exact: _, ...row }) => row,
    ),
    total: await db.$count(notification, matching),
    byState: Object.fromEntries(byState.map(({ state, count }) => [state, count])),
  }
}

/** One try, with what came back. */
export interface DeliveryRow {
  readonly attempt: number
  readonly startedAt: string
  readonly tookMs: number | null
  readonly status: number | null
  readonly answer: string | null
  readonly fault: string | null
}

export interface NotificationDetail extends NotificationRow {
  readonly message: NotificationMessage
  readonly deliveries: readonly DeliveryRow[]
}

/**
 * One message with every attempt. The link by which its reader takes the incident is left out: it is theirs.
 */
export async function getNotification(db: Database, id: string): Promise<NotificationDetail | undefined> {
  const [row] = await selectNotifications(db).where(eq(notification.id, id))
  if (!row) return undefined
  const [kept] = await db
    .select({ message: notification.message })
    .from(notification)
    .where(eq(notification.id, id))
  if (!kept) return undefined
  const deliveries = await db
    .select({
      attempt: delivery.attempt,
      startedAt: iso(delivery.startedAt),
      tookMs: delivery.tookMs,
      status: delivery.status,
      answer: delivery.answer,
      fault: delivery.fault,
    })
    .from(delivery)
    .where(eq(delivery.notificationId, id))
    .orderBy(asc(delivery.attempt))
  const { exact: _, ...known } = row
  return { ...known, message: { ...kept.message, acknowledgeUrl: null }, deliveries }
}
