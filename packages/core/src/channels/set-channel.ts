import { secretRefusal, setChannelInput, TenantryError } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { channel } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { openSecret, sealSecret } from './channel-secret.ts'
import { lockChannel } from './lock-channel.ts'

/** Adds a channel or changes one; its kind stays. A new secret or address is a new start: what failed is forgotten. */
export const setChannel = defineVerb({
  action: 'channel.set',
  permission: 'channel.write',
  input: setChannelInput,
  async run({ tx, core, audit }, { channelId, ifVersion, name, kind, config, secret, enabled }) {
    const before = channelId ? await lockChannel(tx, channelId, ifVersion) : undefined
    if (before && before.kind !== kind) {
      throw new TenantryError('invalid_input', `${before.name} is a channel of another kind.`, {
        field: 'kind',
        action: 'Add a new channel and remove this one.',
      })
    }
    const id = channelId ?? newId('ch')
    const kept = before && secret === undefined ? openSecret(core.vault, before) || null : (secret ?? null)
    const refusal = secretRefusal(kind, config, kept)
    if (refusal) {
      throw new TenantryError('invalid_input', `${refusal}.`, { field: 'secret', action: 'Correct it.' })
    }
    const sealed =
      secret === undefined ? (before?.secret ?? null) : secret && sealSecret(core.vault, id, secret)
    const values = { name, config, secret: sealed, enabled, fault: null, failingSince: null }
    const [after] = before
      ? await tx.update(channel).set(values).where(eq(channel.id, id)).returning()
      : await tx
          .insert(channel)
          .values({ id, kind, ...values })
          .returning()
    const facts = (row: typeof before) =>
      row && { name: row.name, kind: row.kind, config: row.config, enabled: row.enabled }
    audit({
      target: { kind: 'channel', id },
      ...(before ? { before: { ...facts(before) } } : {}),
      after: { ...facts(after), ...(secret === undefined ? {} : { secret }) },
    })
    return { channelId: id, rowVersion: after?.rowVersion ?? 1 }
  },
})
