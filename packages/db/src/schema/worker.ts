import { integer, text } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'

/** A worker process, as it last said of itself. One that has been silent for a while is forgotten. */
export const worker = control.table('worker', {
  id: text().primaryKey(),
  /** `host:pid` */
  name: text().notNull(),
  /** Operations in hand. */
  inHand: integer('in_hand').notNull().default(0),
  startedAt: at('started_at').notNull().defaultNow(),
  seenAt: at('seen_at').notNull().defaultNow(),
})
