import { TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { alertRule } from '@tenantry/db/schema'
import { and, eq, isNull } from 'drizzle-orm'

/**
 * The rule, locked until the transaction ends, as whoever changes it has seen it.
 * @throws TenantryError `not_found`, `version_conflict`
 */
export async function lockRule(
  tx: Database,
  { ruleId, ifVersion }: { readonly ruleId: string; readonly ifVersion: number },
): Promise<typeof alertRule.$inferSelect> {
  const [row] = await tx
    .select()
    .from(alertRule)
    .where(and(eq(alertRule.id, ruleId), isNull(alertRule.removedAt)))
    .for('update')
  if (!row) {
    throw new TenantryError('not_found', 'There is no such rule.', { action: 'Go back to the list.' })
  }
  if (row.rowVersion !== ifVersion) {
    throw new TenantryError('version_conflict', 'The rule has changed since you looked.', {
      action: 'Look at it as it is now, then decide again.',
      rowVersion: row.rowVersion,
    })
  }
  return row
}
