import { jsonb, text } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'

/** What administrators choose while the system runs; secrets are sealed with the master key. */
export const setting = control.table('setting', {
  key: text().primaryKey(),
  value: jsonb().notNull().$type<unknown>(),
  updatedBy: text('updated_by'),
  updatedAt: at('updated_at').notNull().defaultNow(),
})
