import { removeChannelInput, TenantryError } from '@tenantry/contracts'
import { channel, escalationPolicy, notification } from '@tenantry/db/schema'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockChannel } from './lock-channel.ts'

/** Removes a channel and its secret; what was delivered stays. Refused while an escalation names it. */
export const removeChannel = defineVerb({
  action: 'channel.remove',
  permission: 'channel.write',
  input: removeChannelInput,
  async run({ tx, audit }, { channelId, ifVersion }) {
    const before = await lockChannel(tx, channelId, ifVersion)
    const named = await tx
      .select({ name: escalationPolicy.name })
      .from(escalationPolicy)
      .where(
        and(
          isNull(escalationPolicy.removedAt),
          sql`jsonb_path_exists(${escalationPolicy.steps}, '$[*].targets[*] ? (@.channelId == $id)',
            jsonb_build_object('id', ${channelId}::text))`,
        ),
      )
    if (named.length) {
      throw new TenantryError(
        'unlawful_transition',
        `${before.name} is told by the escalation ${named.map(({ name }) => name).join(', ')}.`,
        { action: 'Take it out there first.' },
      )
    }
    await tx
      .update(channel)
      .set({ removedAt: sql`now()`, enabled: false, secret: null, fault: null, failingSince: null })
      .where(eq(channel.id, channelId))
    await tx
      .update(notification)
      .set({ state: 'superseded', endedAt: sql`now()`, fault: 'The channel was removed' })
      .where(and(eq(notification.channelId, channelId), eq(notification.state, 'queued')))
    audit({
      target: { kind: 'channel', id: channelId },
      before: { name: before.name, kind: before.kind, config: before.config },
    })
    return { channelId }
  },
})
