import { TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { escalationPolicy } from '@tenantry/db/schema'
import { and, eq, isNull } from 'drizzle-orm'
import { refuseOlder } from '../channels/refuse-older.ts'

/** @throws TenantryError `not_found`, `version_conflict` */
export async function lockPolicy(tx: Database, policyId: string, ifVersion?: number) {
  const [row] = await tx
    .select()
    .from(escalationPolicy)
    .where(and(eq(escalationPolicy.id, policyId), isNull(escalationPolicy.removedAt)))
    .for('update')
  if (!row) {
    throw new TenantryError('not_found', `There is no escalation ${policyId}.`, {
      action: 'Go back to the list.',
    })
  }
  refuseOlder(row, ifVersion)
  return row
}
