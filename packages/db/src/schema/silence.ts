import type { Matcher, SilenceKind } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { bigint, check, index, jsonb, text, unique } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'
import { user } from './user.ts'

/** Nobody is called for what matches, for a time. */
export const silence = control.table(
  'silence',
  {
    id: text().primaryKey(),
    kind: text().notNull().$type<SilenceKind>(),
    matchers: jsonb().notNull().$type<readonly Matcher[]>(),
    startsAt: at('starts_at').notNull(),
    endsAt: at('ends_at').notNull(),
    comment: text().notNull(),
    createdBy: text('created_by')
      .notNull()
      .references(() => user.id),
    idempotencyKey: text('idempotency_key').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
  },
  (t) => [
    check('silence_kind_is_known', sql`${t.kind} in ('silence', 'maintenance')`),
    check('silence_ends_after_it_begins', sql`${t.endsAt} >= ${t.startsAt}`),
    check('silence_is_not_for_ever', sql`${t.endsAt} <= ${t.startsAt} + interval '31 days'`),
    unique('silence_is_one_per_idempotency_key').on(t.createdBy, t.idempotencyKey),
    index('silence_by_end').on(t.endsAt),
  ],
)
