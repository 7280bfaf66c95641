import type {
  ChannelKind,
  NotificationEvent,
  NotificationMessage,
  NotificationState,
} from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, jsonb, text, unique, uniqueIndex } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'
import { incident } from './incident.ts'
import { escalationPolicy } from './on-call.ts'
import { user } from './user.ts'

/** How people are reached. */
export const channel = control.table(
  'channel',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    kind: text().notNull().$type<ChannelKind>(),
    config: jsonb().notNull().$type<Record<string, unknown>>(),
    /** Sealed with the master key; null: it needs none. */
    secret: text(),
    enabled: boolean().notNull().default(true),
    /** Why the last message did not get through; null when it did. */
    fault: text(),
    failingSince: at('failing_since'),
    lastDeliveredAt: at('last_delivered_at'),
    /** Of an Alertmanager: when it was last told of everything that fires. */
    keptAt: at('kept_at'),
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
    removedAt: at('removed_at'),
  },
  (t) => [uniqueIndex('channel_name_is_unique').on(t.name).where(sql`${t.removedAt} is null`)],
)

/** One thing to tell one channel: the outbox. Once an incident, epoch, channel and recipient. */
export const notification = control.table(
  'notification',
  {
    id: text().primaryKey(),
    /** Null: a test. */
    incidentId: text('incident_id').references(() => incident.id),
    channelId: text('channel_id')
      .notNull()
      .references(() => channel.id),
    /** Whom, where the channel reaches one person. */
    userId: text('user_id').references(() => user.id),
    epoch: bigint({ mode: 'number' }).notNull(),
    event: text().notNull().$type<NotificationEvent>(),
    state: text().notNull().$type<NotificationState>().default('queued'),
    /** What is said, as it was when it was decided to say it. */
    message: jsonb().notNull().$type<NotificationMessage>(),
    /** What the other side calls it: the message to update, the key to resolve. */
    thread: jsonb().notNull().default({}),
    attempts: integer().notNull().default(0),
    /** Tried then; while a sender has it in hand, when that sender is given up. */
    dueAt: at('due_at').notNull().defaultNow(),
    holder: text(),
    fault: text(),
    createdAt: at('created_at').notNull().defaultNow(),
    endedAt: at('ended_at'),
  },
  (t) => [
    // Tests belong to no incident, and there may be many.
    uniqueIndex('notification_is_sent_once')
      .on(t.incidentId, t.epoch, t.channelId, sql`coalesce(${t.userId}, '')`)
      .where(sql`${t.incidentId} is not null`),
    check('notification_state_is_known', sql`${t.state} in ('queued', 'delivered', 'failed', 'superseded')`),
    check('notification_ended_iff_over', sql`(${t.state} = 'queued') = (${t.endedAt} is null)`),
    index('notification_due').on(t.dueAt).where(sql`${t.state} = 'queued'`),
    index('notification_by_time').on(t.createdAt, t.id),
    index('notification_of_incident').on(t.incidentId, t.channelId),
  ],
)

/** Every attempt to deliver, with what came back. */
export const delivery = control.table(
  'delivery',
  {
    id: text().primaryKey(),
    notificationId: text('notification_id')
      .notNull()
      .references(() => notification.id, { onDelete: 'cascade' }),
    attempt: integer().notNull(),
    startedAt: at('started_at').notNull().defaultNow(),
    tookMs: integer('took_ms'),
    /** What the other side answered: HTTP status, SMTP reply; null: nothing. */
    status: integer(),
    /** The beginning of its answer, without secrets. */
    answer: text(),
    fault: text(),
  },
  (t) => [unique('delivery_attempt_is_one').on(t.notificationId, t.attempt)],
)

/** When an incident that nobody takes goes to the next step of its policy. */
export const escalation = control.table(
  'escalation',
  {
    incidentId: text('incident_id')
      .primaryKey()
      .references(() => incident.id),
    policyId: text('policy_id').notNull(),
    /** The step that comes next, from 0; steps × (repeat + 1) is the end. */
    step: integer().notNull().default(0),
    /** Null: it is at its end, or stopped. */
    dueAt: at('due_at'),
  },
  (t) => [index('escalation_due').on(t.dueAt).where(sql`${t.dueAt} is not null`)],
)

/** An Alertmanager outside whose alerts come in here. */
export const alertSource = control.table(
  'alert_source',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** SHA-256 of its bearer token, hex: the table alone lets nobody in. */
    tokenHash: text('token_hash').notNull(),
    /** Who is told; null: the default policy. */
    policyId: text('policy_id').references(() => escalationPolicy.id),
    seenAt: at('seen_at'),
    createdAt: at('created_at').notNull().defaultNow(),
    removedAt: at('removed_at'),
  },
  (t) => [
    uniqueIndex('alert_source_name_is_unique').on(t.name).where(sql`${t.removedAt} is null`),
    uniqueIndex('alert_source_token_is_unique').on(t.tokenHash),
  ],
)
