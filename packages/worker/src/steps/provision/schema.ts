import { dropInBatches } from '../drop-objects.ts'
import { onLane } from '../on-lane.ts'
import type { Step } from '../step.ts'
import { laneOf } from '../tenant-of.ts'

/** The tenant's schema with the privileges of its roles. Its way back is the way back of all that is put into it. */
export const schema: Step = {
  name: 'schema',
  async up(context) {
    const { schemaName } = laneOf(context.claimed)
    await onLane<boolean>(context, 'tenantry.create_tenant_schema($1, $2, $3)')
    context.journal.log('info', `Schema ${schemaName}`)
    return { schema: schemaName }
  },
  async down(context) {
    await dropInBatches(context, true)
    await onLane<boolean>(context, 'tenantry.drop_tenant_schema($1, $2, $3)')
  },
}
