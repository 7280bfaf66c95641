import { replayNotificationInput, replayRefusal, TenantryError } from '@tenantry/contracts'
import { channel, notification } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { noNotification } from './claim-due.ts'

/** Sends a message once more as it was written, under the same key: a receiver that knows it takes it once. */
export const replayNotification = defineVerb({
  action: 'notification.replay',
  permission: 'channel.write',
  input: replayNotificationInput,
  async run({ tx, audit }, { notificationId }) {
    const [row] = await tx
      .select()
      .from(notification)
      .where(eq(notification.id, notificationId))
      .for('update')
    if (!row) throw noNotification(notificationId)
    const [by] = await tx.select().from(channel).where(eq(channel.id, row.channelId))
    const refusal = replayRefusal(row.state, by?.enabled ?? false)
    if (refusal) throw new TenantryError('unlawful_transition', refusal, { action: 'Reload the list.' })
    await tx
      .update(notification)
      .set({ state: 'queued', endedAt: null, holder: null, dueAt: sql`clock_timestamp()` })
      .where(eq(notification.id, notificationId))
    audit({
      target: { kind: 'notification', id: notificationId },
      before: { state: row.state },
      after: { channelId: row.channelId, channel: by?.name },
    })
    return { notificationId }
  },
})
