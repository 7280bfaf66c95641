import { TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { channel } from '@tenantry/db/schema'
import { and, eq, isNull } from 'drizzle-orm'
import { refuseOlder } from './refuse-older.ts'

/** @throws TenantryError `not_found`, `version_conflict` */
export async function lockChannel(tx: Database, channelId: string, ifVersion?: number) {
  const [row] = await tx
    .select()
    .from(channel)
    .where(and(eq(channel.id, channelId), isNull(channel.removedAt)))
    .for('update')
  if (!row) {
    throw new TenantryError('not_found', `There is no channel ${channelId}.`, {
      action: 'Go back to the list.',
    })
  }
  refuseOlder(row, ifVersion)
  return row
}
