import { dropInBatches } from '../drop-objects.ts'
import { onLane } from '../on-lane.ts'
import type { Step } from '../step.ts'
import { tenantOf } from '../tenant-of.ts'

/**
 * Gives a ready schema its tenant's name, if it is still what was verified. The way back drops it: what was promised to
 * one tenant is given to no other.
 */
export const claimSpare: Step = {
  name: 'claim',
  async up(context) {
    const { schemaName, fingerprint } = tenantOf(context.claimed)
    const { spareSchema } = context.claimed.operation.input
    const done = await onLane<boolean>(context, 'tenantry.claim_spare($1, $2, $3, $5, $6, $7)', [
      spareSchema,
      schemaName,
      fingerprint,
    ])
    context.journal.log('info', `Schema ${spareSchema} is now ${schemaName}${done ? '' : ' (done before)'}`)
    return { from: spareSchema, to: schemaName }
  },
  async down(context) {
    await dropInBatches(context, true)
    await onLane<boolean>(context, 'tenantry.drop_tenant_schema($1, $2, $3)')
    await onLane<boolean>(context, 'tenantry.drop_tenant_roles($1, $2, $3)')
  },
}
