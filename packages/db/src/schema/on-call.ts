import type { EscalationPolicy, ScheduleLayer } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, jsonb, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'
import { user } from './user.ts'

/** Who is on call when: layers of rotations. */
export const schedule = control.table(
  'schedule',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    timeZone: text('time_zone').notNull(),
    layers: jsonb().notNull().$type<readonly ScheduleLayer[]>(),
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
    removedAt: at('removed_at'),
  },
  (t) => [uniqueIndex('schedule_name_is_unique').on(t.name).where(sql`${t.removedAt} is null`)],
)

/** Somebody else, for a time; it covers every layer. */
export const scheduleOverride = control.table(
  'schedule_override',
  {
    id: text().primaryKey(),
    scheduleId: text('schedule_id')
      .notNull()
      .references(() => schedule.id),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    startsAt: at('starts_at').notNull(),
    endsAt: at('ends_at').notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => user.id),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    check('override_ends_after_it_begins', sql`${t.endsAt} > ${t.startsAt}`),
    index('override_of_schedule').on(t.scheduleId, t.endsAt),
  ],
)

/** Who is told at once, and who when nobody takes it. */
export const escalationPolicy = control.table(
  'escalation_policy',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    steps: jsonb().notNull().$type<EscalationPolicy['steps']>(),
    repeat: integer().notNull().default(0),
    /** Of every rule that names no other. */
    isDefault: boolean('is_default').notNull().default(false),
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
    removedAt: at('removed_at'),
  },
  (t) => [
    uniqueIndex('escalation_policy_name_is_unique').on(t.name).where(sql`${t.removedAt} is null`),
    uniqueIndex('escalation_policy_default_is_one').on(t.isDefault).where(sql`${t.isDefault}`),
    check('escalation_policy_default_stays', sql`not ${t.isDefault} or ${t.removedAt} is null`),
  ],
)
