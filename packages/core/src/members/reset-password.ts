import { TenantryError } from '@tenantry/contracts'
import { user } from '@tenantry/db/schema'
import { and, eq, isNotNull } from 'drizzle-orm'
import { systemActor } from '../actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { CoreContext } from '../core-context.ts'
import { endSessions } from './end-sessions.ts'
import { hashPassword, newPassword } from './password.ts'

/**
 * Gives a member a new password, for whoever runs the machine: the way back in when it was lost. Ends their sessions.
 * @returns the password, the only time that it is known; it must be changed at the next sign-in
 * @throws TenantryError `not_found`
 */
export async function resetPassword({ db }: Pick<CoreContext, 'db'>, email: string): Promise<string> {
  const password = newPassword()
  const passwordHash = await hashPassword(password)
  await db.transaction(async (tx) => {
    const [found] = await tx
      .update(user)
      .set({ passwordHash, mustChangePassword: true, disabledAt: null })
      .where(and(eq(user.email, email.trim().toLowerCase()), isNotNull(user.passwordHash)))
      .returning({ id: user.id })
    if (!found) {
      throw new TenantryError('not_found', `There is no member ${email}.`, {
        action: 'Look at the e-mail address again; the first administrator is admin@tenantry.local.',
      })
    }
    await endSessions(tx, { userId: found.id }, 'password changed')
    await appendAudit(tx, systemActor, {
      action: 'password.change',
      outcome: 'succeeded',
      target: { kind: 'user', id: found.id },
    })
  })
  return password
}
