import { lockBudgetOf } from './lock-budget.ts'
import { onLane } from './on-lane.ts'
import type { Step, StepContext } from './step.ts'

/**
 * Drops what is in the schema, as much in a transaction as the lock budget allows, so that a tenant of any size never
 * exhausts the lock table.
 * @param undo on the way back of whoever made it; otherwise the tenant must be closed
 * @returns how many transactions it took
 */
export async function dropInBatches(context: StepContext, undo: boolean): Promise<number> {
  const budget = lockBudgetOf(context)
  let left = Number.POSITIVE_INFINITY
  let batches = 0
  while (left > 0) {
    // A way back goes on when the time is up.
    if (context.signal.aborted && !undo) throw context.signal.reason
    left = await onLane<number>(context, 'tenantry.drop_tenant_objects($1, $2, $3, $5, $6)', [budget, undo])
    batches++
    await context.worker.failpoint('objects.batch')
    if (left > 0 || batches > 1) context.journal.log('sql', `Batch ${batches} dropped, ${left} objects left`)
  }
  return batches
}

/** Drops what is in the schema of a tenant that is put away. */
export const dropObjects: Step = {
  name: 'objects',
  async up(context) {
    return { batches: await dropInBatches(context, false) }
  },
}
