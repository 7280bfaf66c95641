import { changePasswordInput, TenantryError } from '@tenantry/contracts'
import { user } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { endSessions } from './end-sessions.ts'
import { hashPassword, verifyPassword } from './password.ts'

/** Changes one's own password. Every other session of theirs ends. */
export const changePassword = defineVerb({
  action: 'password.change',
  permission: null,
  input: changePasswordInput,
  async run({ tx, actor, audit }, { current, next }) {
    const [row] = await tx.select().from(user).where(eq(user.id, actor.userId)).for('update')
    if (!row || !(await verifyPassword(row.passwordHash, current))) {
      throw new TenantryError('invalid_input', 'This is not your current password.', {
        field: 'current',
        action: 'Type it again.',
      })
    }
    const passwordHash = await hashPassword(next)
    await tx.update(user).set({ passwordHash, mustChangePassword: false }).where(eq(user.id, actor.userId))
    const ended = await endSessions(tx, { userId: actor.userId, except: actor.sessionId }, 'password changed')
    audit({ target: { kind: 'user', id: actor.userId } })
    return { sessionsEnded: ended }
  },
})
