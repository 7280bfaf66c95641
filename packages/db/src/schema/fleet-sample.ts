import { integer, real } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'

/** The queue as the sampler saw it, every few seconds: the history behind the charts. */
export const fleetSample = control.table('fleet_sample', {
  at: at('at').primaryKey(),
  queued: integer().notNull(),
  running: integer().notNull(),
  waiting: integer().notNull(),
  /** Seconds; 0 when nothing is queued. */
  oldestQueued: real('oldest_queued').notNull(),
})
