import type { NotificationEvent, NotificationMessage } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { type incident, notification } from '@tenantry/db/schema'
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import type { Recipient } from './choose-recipients.ts'
import { composeMessage } from './compose-message.ts'

/** That more has joined what somebody knows of is said at most so often. */
const quietSeconds = 300
const rank = { info: 0, warning: 1, critical: 2 } as const

/**
 * Puts what is to be said of an incident's epoch into the outbox, once each recipient, in the caller's transaction. What
 * still waits there of older epochs has been overtaken, unless a sender has it in hand.
 */
export async function writeNotifications(
  tx: Database,
  core: CoreContext,
  row: typeof incident.$inferSelect,
  event: NotificationEvent,
  recipients: readonly Recipient[],
): Promise<void> {
  const compose = new Map<NotificationEvent, (userId: string | null) => NotificationMessage>()
  for (const { channelId, userId } of recipients) {
    const thread = and(
      eq(notification.incidentId, row.id),
      eq(notification.channelId, channelId),
      userId ? eq(notification.userId, userId) : isNull(notification.userId),
    )
    const [last] = await tx
      .select()
      .from(notification)
      .where(and(thread, eq(notification.state, 'delivered')))
      .orderBy(desc(notification.epoch))
      .limit(1)
    // Who has heard nothing yet hears that it fires, not that it goes on.
    const said = event === 'updated' && !last ? 'fired' : event
    const worse = last && rank[row.severity] > rank[last.message.severity]
    const wait = said === 'updated' && !worse ? quietSeconds : 0
    const composed = compose.get(said) ?? (await composeMessage(tx, core, row, said))
    compose.set(said, composed)
    await tx
      .update(notification)
      .set({ state: 'superseded', endedAt: sql`clock_timestamp()` })
      .where(
        and(
          thread,
          eq(notification.state, 'queued'),
          isNull(notification.holder),
          lt(notification.epoch, row.epoch),
        ),
      )
    await tx
      .insert(notification)
      .values({
        id: newId('no'),
        incidentId: row.id,
        channelId,
        userId,
        epoch: row.epoch,
        event: said,
        message: composed(userId),
        dueAt: sql`greatest(clock_timestamp(),
          ${last?.endedAt?.toISOString() ?? null}::timestamptz + make_interval(secs => ${wait}))`,
      })
      .onConflictDoNothing()
  }
}
