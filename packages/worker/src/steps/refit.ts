import { onLane } from './on-lane.ts'
import type { Step } from './step.ts'

/** The tenant's roles as they were made, whatever was done to them since. */
export const fitRoles: Step = {
  name: 'roles',
  async up(context) {
    await onLane<boolean>(context, 'tenantry.refit_tenant_roles($1, $2, $3, $5)', ['roles'])
    context.journal.log('info', 'Roles have their names, attributes and members')
    return undefined
  },
}

/** The schema's owner and privileges as they were given. */
export const fitPrivileges: Step = {
  name: 'privileges',
  async up(context) {
    await onLane<boolean>(context, 'tenantry.refit_tenant_access($1, $2, $3, $5)', ['privileges'])
    context.journal.log('info', 'The schema has its owner and its privileges, and no others')
    return undefined
  },
}
