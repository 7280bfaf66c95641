import { onLane } from '../on-lane.ts'
import type { Step } from '../step.ts'
import { laneOf } from '../tenant-of.ts'

/** The tenant's lane and its three roles: owner, writer, app. */
export const roles: Step = rolesStep(false)

/** The same where a tenant arrives that has its roles on this server already, or not. */
export const movedRoles: Step = rolesStep(true)

function rolesStep(moving: boolean): Step {
  return {
    name: 'roles',
    async up(context) {
      const lane = laneOf(context.claimed)
      await onLane<boolean>(context, 'tenantry.create_tenant_roles($1, $5, $2, $3, $6)', [
        lane.schemaName,
        moving,
      ])
      context.journal.log('info', `Roles ${Object.values(lane.roles).join(', ')}`)
      return lane.roles
    },
    async down(context) {
      await onLane<boolean>(context, 'tenantry.drop_tenant_roles($1, $2, $3)')
    },
  }
}
