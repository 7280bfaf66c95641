import { type BulkSteering, TenantryError, whyNotSteer } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { bulk } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'

/** The bulk, locked until the transaction ends. @throws TenantryError `not_found`, `unlawful_transition` */
export async function lockBulk(
  tx: Database,
  bulkId: string,
  steering: BulkSteering,
): Promise<typeof bulk.$inferSelect> {
  const [row] = await tx.select().from(bulk).where(eq(bulk.id, bulkId)).for('no key update')
  if (!row) {
    throw new TenantryError('not_found', `There is no bulk operation ${bulkId}.`, {
      action: 'Go back to the list.',
    })
  }
  const reason = whyNotSteer(steering, row.state)
  if (reason) {
    throw new TenantryError('unlawful_transition', reason, {
      action: 'Reload: its state may have changed since you looked.',
    })
  }
  return row
}
