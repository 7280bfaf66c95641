import { newId } from '@tenantry/db'
import { user } from '@tenantry/db/schema'
import { isNotNull, sql } from 'drizzle-orm'
import { systemActor } from '../actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { CoreContext } from '../core-context.ts'
import { ensureSystemUser } from './ensure-system-user.ts'
import { hashPassword, newPassword } from './password.ts'

const email = 'admin@tenantry.local'

/**
 * Makes the first administrator where nobody can sign in yet. Safe to call from every process at every start.
 * @returns address and password, the only time that the password is known; undefined when there is somebody
 */
export async function createFirstAdministrator(
  core: CoreContext,
): Promise<{ email: string; password: string } | undefined> {
  return core.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('tenantry.first-administrator'))`)
    await ensureSystemUser(tx)
    if (await tx.$count(user, isNotNull(user.passwordHash))) return undefined
    const id = newId('us')
    const password = newPassword()
    await tx.insert(user).values({
      id,
      email,
      name: 'Administrator',
      role: 'admin',
      passwordHash: await hashPassword(password),
    })
    await appendAudit(tx, systemActor, {
      action: 'member.add',
      outcome: 'succeeded',
      target: { kind: 'user', id },
      after: { email, role: 'admin' },
    })
    return { email, password }
  })
}
