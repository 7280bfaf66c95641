import type { EventKind } from '@tenantry/contracts'
import { bigint, index, jsonb, text } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'

const facts = {
  /** Every topic that carries it. */
  topics: text().array().notNull(),
  kind: text().notNull().$type<EventKind>(),
  entityId: text('entity_id').notNull(),
  version: bigint({ mode: 'number' }).notNull(),
  patch: jsonb().notNull().$type<Record<string, unknown>>(),
  at: at('at').notNull().defaultNow(),
}

/** What transactions have said and the relay has not yet put in order. */
export const eventOutbox = control.table('event_outbox', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  ...facts,
})

/** The log: `seq` has no gap and never runs ahead of what readers can see, because one relay hands it out. */
export const event = control.table(
  'event',
  { seq: bigint({ mode: 'number' }).primaryKey(), ...facts },
  (t) => [index('event_by_time').on(t.at)],
)
