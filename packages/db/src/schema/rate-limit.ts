import { bigint, integer, text } from 'drizzle-orm/pg-core'
import { control } from './control.ts'

/** Tries counted in a window, such as those to sign in. rate-limiter-flexible reads and writes it, by column order. */
export const rateLimit = control.table('rate_limit', {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  /** When the window ends, milliseconds since 1970. */
  expire: bigint({ mode: 'number' }),
})
