import { onLane } from '../on-lane.ts'
import { roles as createRoles } from '../provision/roles.ts'
import type { Step } from '../step.ts'
import { giveBack } from './give-back.ts'
import { wishOf } from './wish.ts'

/** The tenant's lane and roles, and the product's own roles as members of the application role. */
export const roles: Step = {
  name: 'roles',
  async up(context) {
    const { schema, keepRoles } = wishOf(context.claimed)
    const made = await createRoles.up(context)
    await context.worker.failpoint('adopt.begin')
    await onLane(context, 'tenantry.begin_adoption($1, $2, $3, $5, $6)', [schema, keepRoles])
    if (keepRoles.length) context.journal.log('info', `Kept, as members of it: ${keepRoles.join(', ')}`)
    return { ...made, kept: keepRoles }
  },
  async down(context) {
    await giveBack(context, 'adopt begin')
    await createRoles.down?.(context)
  },
}
