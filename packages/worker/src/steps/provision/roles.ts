import { onLane } from '../on-lane.ts'
import type { Step } from '../step.ts'
import { tenantOf } from '../tenant-of.ts'

/** The tenant's lane and its three roles: owner, writer, app. */
export const roles: Step = {
  name: 'roles',
  async up(context) {
    const tenant = tenantOf(context.claimed)
    await onLane<boolean>(context, 'tenantry.create_tenant_roles($1, $5, $2, $3)', [tenant.schemaName])
    context.journal.log('info', `Roles ${Object.values(tenant.roles).join(', ')}`)
    return tenant.roles
  },
  async down(context) {
    await onLane<boolean>(context, 'tenantry.drop_tenant_roles($1, $2, $3)')
  },
}
