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
      .select({
        state: notification.state,
        channel: channel.name,
        channelId: channel.id,
        enabled: channel.enabled,
      })
      .from(notification)
      .innerJoin(channel, eq(channel.id, notification.channelId))
      .where(eq(notification.id, notificationId))
      .for('update', { of: notification })
    if (!row) throw noNotification(notificationId)
    const refusal = replayRefusal(row.state, row.enabled)
    if (refusal) throw new TenantryError('unlawful_transition', refusal, { action: 'Reload the list.' })
    await tx
      .update(notification)
      .set({ state: 'queued', endedAt: null, holder: null, dueAt: sql`clock_timestamp()` })
      .where(eq(notification.id, notificationId))
    audit({
      target: { kind: 'notification', id: notificationId },
      before: { state: row.state },
      after: { channelId: row.channelId, channel: row.channel },
    })
    return { notificationId }
  },
})
