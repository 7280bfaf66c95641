import { TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { plan } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'

/** A plan, locked until the transaction ends. @throws TenantryError `not_found` */
export async function lockPlan(tx: Database, planId: string): Promise<typeof plan.$inferSelect> {
  const [found] = await tx.select().from(plan).where(eq(plan.id, planId)).for('update')
  if (!found) {
    throw new TenantryError('not_found', `There is no plan ${planId}.`, {
      field: 'planId',
      action: 'Choose one of the plans in the list.',
    })
  }
  return found
}
