import { onLane } from './on-lane.ts'
import type { Step } from './step.ts'

/** Tables a transaction: with their indexes and TOAST far below what one transaction may lock. */
const batch = 50

/** Drops what is in the schema, a batch at a time, so that a tenant of any size never exhausts the lock table. */
export const dropObjects: Step = {
  name: 'objects',
  async up(context) {
    let left = Number.POSITIVE_INFINITY
    let batches = 0
    while (left > 0) {
      if (context.signal.aborted) throw context.signal.reason
      left = await onLane<number>(context, 'tenantry.drop_tenant_objects($1, $2, $3, $5)', [batch])
      batches++
      await context.worker.failpoint('objects.batch')
      context.journal.log('sql', `Batch ${batches} dropped, ${left} relations left`)
    }
    return { batches }
  },
}
