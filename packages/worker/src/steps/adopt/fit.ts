import { lockBudgetOf } from '../lock-budget.ts'
import { onLane } from '../on-lane.ts'
import type { Step } from '../step.ts'
import { giveBack } from './give-back.ts'

/** Gives every object the tenant's owner and privileges, as many in a transaction as the lock budget allows. */
export const fit: Step = {
  name: 'fit',
  async up(context) {
    const budget = lockBudgetOf(context)
    let left = Number.POSITIVE_INFINITY
    let batch = 0
    while (left > 0) {
      if (context.signal.aborted) throw context.signal.reason
      batch++
      left = await onLane<number>(context, 'tenantry.adopt_objects($1, $2, $3, $5, $6)', [
        `adopt #${batch}`,
        budget,
      ])
      await context.worker.failpoint('adopt.batch')
      context.journal.log('sql', `Batch ${batch} fitted, ${left} objects left`)
    }
    return { batches: batch, locks: budget }
  },
  async down(context) {
    await giveBack(context, 'adopt #%')
  },
}
