import { type NotificationMessage, TenantryError, testChannelInput } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { notification } from '@tenantry/db/schema'
import { sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockChannel } from './lock-channel.ts'

/** Puts a test message into the outbox; whoever asked sends it at once, by `sendNow`, and shows what came back. */
export const testChannel = defineVerb({
  action: 'channel.test',
  permission: 'channel.write',
  input: testChannelInput,
  async run({ tx, core, actor, audit }, { channelId }) {
    const row = await lockChannel(tx, channelId)
    if (!row.enabled) {
      throw new TenantryError('unlawful_transition', `${row.name} is out of use.`, {
        action: 'Take it into use, then test it.',
      })
    }
    const now = new Date().toISOString()
    const message: NotificationMessage = {
      event: 'test',
      state: 'firing',
      severity: 'info',
      title: `${actor.name} tests this channel`,
      scope: row.name,
      startedAt: now,
      resolvedAt: null,
      composedAt: now,
      facts: [],
      tenants: [],
      more: 0,
      action: 'Nothing: if you can read this, the channel works.',
      holder: null,
      acknowledgedUntil: null,
      url: core.publicUrl ? `${core.publicUrl}/alerts/channels` : null,
      runbookUrl: null,
      acknowledgeUrl: null,
      command: null,
      rule: 'Test',
      firing: 0,
    }
    const id = newId('no')
    await tx.insert(notification).values({
      id,
      channelId,
      epoch: 0,
      event: 'test',
      message,
      dueAt: sql`clock_timestamp()`,
      // Two tests of one channel are two messages: a test belongs to nobody but whoever asked.
      userId: null,
    })
    audit({ target: { kind: 'channel', id: channelId }, after: { name: row.name, notificationId: id } })
    return { notificationId: id }
  },
})
