import { confirmPasswordInput, TenantryError } from '@tenantry/contracts'
import { session, user } from '@tenantry/db/schema'
import { and, eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { verifyPassword } from './password.ts'

/** Records that whoever is signed in has just typed their password again: a severe change is open to them for a while. */
export const confirmPassword = defineVerb({
  action: 'session.confirm',
  permission: null,
  input: confirmPasswordInput,
  async run({ tx, actor, audit }, { password }) {
    const [row] = await tx.select().from(user).where(eq(user.id, actor.userId))
    if (!row || !(await verifyPassword(row.passwordHash, password))) {
      throw new TenantryError('invalid_input', 'This is not your password.', {
        field: 'password',
        action: 'Type it again.',
      })
    }
    const confirmedAt = new Date()
    await tx
      .update(session)
      .set({ confirmedAt })
      .where(and(eq(session.id, actor.sessionId ?? ''), eq(session.userId, actor.userId)))
    audit({ target: { kind: 'user', id: actor.userId } })
    return { confirmedAt: confirmedAt.toISOString() }
  },
})
