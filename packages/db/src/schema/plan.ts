import { bigint, text, unique } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'

/** What a tenant has booked: the limits of many tenants in one place. */
export const plan = control.table(
  'plan',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    description: text().notNull().default(''),
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [unique('plan_name_is_unique').on(t.name)],
)
