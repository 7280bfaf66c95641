import type { Role } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { boolean, check, index, text } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'

/** A person, or `system` for what Tenantry does by itself (no password, cannot sign in). */
export const user = control.table(
  'user',
  {
    id: text().primaryKey(),
    email: text().notNull().unique('user_email_is_unique'),
    name: text().notNull(),
    role: text().notNull().$type<Role>(),
    /** argon2id; null: cannot sign in. */
    passwordHash: text('password_hash'),
    mustChangePassword: boolean('must_change_password').notNull().default(true),
    disabledAt: at('disabled_at'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    check('user_role_is_known', sql`${t.role} in ('viewer', 'operator', 'admin')`),
    check('user_email_is_lowercase', sql`${t.email} = lower(${t.email})`),
  ],
)

/** A signed-in browser. `id` is the sha256 of the cookie's token: the table alone signs nobody in. */
export const session = control.table(
  'session',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    expiresAt: at('expires_at').notNull(),
    /** However busy, a session ends here. */
    endsAt: at('ends_at').notNull(),
    /** When its owner last typed the password in it. */
    confirmedAt: at('confirmed_at').notNull().defaultNow(),
    address: text(),
    userAgent: text('user_agent'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [index('session_by_user').on(t.userId)],
)
