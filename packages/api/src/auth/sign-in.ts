import { TenantryError } from '@tenantry/contracts'
import { type Actor, auditAttempt, endSessions, verifyPassword } from '@tenantry/core'
import { findSignIn } from '@tenantry/db/queries'
import type { RequestContext } from '../context.ts'
import { sessionIdOf } from './sessions.ts'
import { LimitReached } from './sign-in-limits.ts'

/**
 * Begins a session. Whether an address is unknown, disabled or its password wrong, the answer and its time are the same.
 * @throws TenantryError `unauthenticated`, `too_many_requests`
 */
export async function signIn(
  context: RequestContext,
  { email, password }: { email: string; password: string },
): Promise<{ userId: string }> {
  const { door, address, requestId } = context
  const nobody: Actor = { userId: 'anonymous', name: 'anonymous', role: 'viewer', address, requestId }
  const refuse = (errorCode: 'unauthenticated' | 'too_many_requests') =>
    auditAttempt(door.core, nobody, {
      action: 'session.refuse',
      outcome: 'denied',
      errorCode,
      after: { email },
    })

  try {
    await door.limits.count(address, email)
  } catch (error) {
    if (error instanceof LimitReached && error.first) await refuse('too_many_requests')
    throw error
  }
  const found = await findSignIn(door.core.db, email)
  const matches = await verifyPassword(found?.passwordHash, password)
  if (!found || !matches || found.disabledAt) {
    await refuse('unauthenticated')
    throw new TenantryError('unauthenticated', 'E-mail address or password is wrong.', {
      action: 'Try again; if you lost your password, ask an administrator.',
    })
  }
  await door.limits.forgive(address, email)
  // A browser that was signed in gets a new session, never a second life of the old one.
  if (context.token) await endSession(context, sessionIdOf(context.token))
  const { token, sessionId } = await door.sessions.create(found.id, context)
  const actor: Actor = { userId: found.id, name: found.name, role: found.role, sessionId, address, requestId }
  await auditAttempt(door.core, actor, {
    action: 'session.sign-in',
    outcome: 'succeeded',
    target: { kind: 'user', id: found.id },
  })
  context.setToken(token)
  return { userId: found.id }
}

async function endSession(context: RequestContext, sessionId: string): Promise<void> {
  await context.door.core.db.transaction((tx) => endSessions(tx, { sessionId }, 'signed out'))
}

/** Ends the session that asks, its sockets too. */
export async function signOut(context: RequestContext, actor: Actor): Promise<void> {
  if (actor.sessionId) await endSession(context, actor.sessionId)
  await auditAttempt(context.door.core, actor, {
    action: 'session.sign-out',
    outcome: 'succeeded',
    target: { kind: 'user', id: actor.userId },
  })
  context.setToken(null)
}
