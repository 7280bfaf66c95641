import { changeMemberInput, TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { user } from '@tenantry/db/schema'
import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { endSessions } from './end-sessions.ts'

/** Changes a member's role, or disables or enables them. Either way out of what they could do, their sessions end. */
export const changeMember = defineVerb({
  action: 'member.change',
  permission: 'member.write',
  input: changeMemberInput,
  async run({ tx, audit }, { userId, role, disabled }) {
    const administrators = await lockAdministrators(tx)
    const [before] = await tx
      .select()
      .from(user)
      .where(and(eq(user.id, userId), isNotNull(user.passwordHash)))
      .for('update')
    if (!before) {
      throw new TenantryError('not_found', `There is no member ${userId}.`, {
        action: 'Go back to the list.',
      })
    }
    const after = {
      role: role ?? before.role,
      disabledAt:
        disabled === undefined ? before.disabledAt : disabled ? (before.disabledAt ?? new Date()) : null,
    }
    const stays = administrators.some((id) => id !== userId) || (after.role === 'admin' && !after.disabledAt)
    if (!stays) {
      throw new TenantryError('unlawful_transition', `${before.name} is the only administrator.`, {
        action: 'Make somebody else an administrator first.',
      })
    }
    await tx.update(user).set(after).where(eq(user.id, userId))
    if (after.disabledAt) await endSessions(tx, { userId }, 'disabled')
    else if (after.role !== before.role) await endSessions(tx, { userId }, 'role changed')
    audit({
      target: { kind: 'user', id: userId },
      before: { role: before.role, disabled: before.disabledAt !== null },
      after: { role: after.role, disabled: after.disabledAt !== null },
    })
    return { id: userId, role: after.role, disabledAt: after.disabledAt?.toISOString() ?? null }
  },
})

/** Held until commit, so that two administrators who demote each other do not both succeed. */
async function lockAdministrators(tx: Database): Promise<string[]> {
  const rows = await tx
    .select({ id: user.id })
    .from(user)
    .where(and(eq(user.role, 'admin'), isNull(user.disabledAt), isNotNull(user.passwordHash)))
    .orderBy(asc(user.id))
    .for('update')
  return rows.map(({ id }) => id)
}
