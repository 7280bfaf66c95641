import type { Database } from '@tenantry/db'
import { eventOutbox, session } from '@tenantry/db/schema'
import { and, eq, ne } from 'drizzle-orm'

/** Why a session ended, as the person whose it was reads it. */
export type SessionEnd = 'signed out' | 'disabled' | 'role changed' | 'password changed'

/**
 * Ends sessions inside `tx`, and tells every node through the event log, so that their sockets end with them.
 * @param which one session by its id, or all of a user's but one
 * @returns how many ended
 */
export async function endSessions(
  tx: Database,
  which: { readonly sessionId: string } | { readonly userId: string; readonly except?: string | undefined },
  reason: SessionEnd,
): Promise<number> {
  const ended = await tx
    .delete(session)
    .where(
      'sessionId' in which
        ? eq(session.id, which.sessionId)
        : and(eq(session.userId, which.userId), which.except ? ne(session.id, which.except) : undefined),
    )
    .returning({ id: session.id, userId: session.userId })
  if (ended.length) {
    await tx.insert(eventOutbox).values(
      ended.map(({ id, userId }) => ({
        topics: [`user:${userId}`],
        kind: 'session.ended' as const,
        entityId: id,
        version: Date.now(),
        patch: { userId, reason },
      })),
    )
  }
  return ended.length
}
