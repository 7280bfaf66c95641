import type { Database } from '@tenantry/db'
import { user } from '@tenantry/db/schema'
import { systemUserId } from '../actor.ts'

/** The user to whom belongs what Tenantry does by itself. Has no password: nobody signs in as it. Safe to repeat. */
export async function ensureSystemUser(db: Database): Promise<void> {
  await db
    .insert(user)
    .values({
      id: systemUserId,
      email: 'system@tenantry.invalid',
      name: 'Tenantry',
      role: 'admin',
      mustChangePassword: false,
    })
    .onConflictDoNothing()
}
