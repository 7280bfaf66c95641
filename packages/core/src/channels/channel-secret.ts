import { TenantryError } from '@tenantry/contracts'
import type { Vault } from '@tenantry/db'

const contextOf = (channelId: string) => `channel:${channelId}:secret`

export const sealSecret = (vault: Vault, channelId: string, secret: string) =>
  vault.seal(contextOf(channelId), secret)

/** Empty when there is none. @throws TenantryError `invalid_input` when it was sealed with another master key */
export function openSecret(vault: Vault, row: { id: string; name: string; secret: string | null }): string {
  if (row.secret === null) return ''
  try {
    return vault.unseal(contextOf(row.id), row.secret)
  } catch (cause) {
    throw new TenantryError(
      'invalid_input',
      `The secret of channel ${row.name} cannot be opened: it was sealed with another master key.`,
      { action: 'Start with the master key that it was sealed with, or type the secret again.' },
      { cause },
    )
  }
}
