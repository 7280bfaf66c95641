import { TenantryError } from '@tenantry/contracts'
import { tenant } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { placeTenant } from '../placement/place-tenant.ts'
import { moveTenant } from '../tenants/move-tenant.ts'
import { asChild, type Child, type ChildVerb, onTenant } from './as-child.ts'

/** A move to where placement puts the tenant at that moment: clusters fill up, and go, while a drain is on its way. */
export const moveAway: ChildVerb = {
  permission: moveTenant.permission,
  async request(core, actor, tx, child) {
    const [row] = await tx
      .select({ labels: tenant.labels })
      .from(tenant)
      .where(eq(tenant.id, child.item.tenantId ?? ''))
    if (!row) throw new TenantryError('not_found', 'The tenant is not there any more.')
    const { clusterId } = await placeTenant(tx, { labels: row.labels })
    const to = (one: Child) => ({ ...onTenant(one), clusterId })
    return asChild(moveTenant, to).request(core, actor, tx, child)
  },
}
