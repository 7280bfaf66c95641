import { TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { incident } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'

/**
 * The incident, locked until the transaction ends.
 * @throws TenantryError `not_found`
 */
export async function lockIncident(tx: Database, id: string): Promise<typeof incident.$inferSelect> {
  const [row] = await tx.select().from(incident).where(eq(incident.id, id)).for('update')
  if (!row) {
    throw new TenantryError('not_found', 'There is no such incident.', { action: 'Go back to the list.' })
  }
  return row
}
