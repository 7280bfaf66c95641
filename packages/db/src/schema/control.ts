import { customType, pgSchema, timestamp } from 'drizzle-orm/pg-core'

/** Everything that Tenantry remembers is in this schema of the control database. */
export const control = pgSchema('control')

/** `timestamptz` as a Date. */
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
