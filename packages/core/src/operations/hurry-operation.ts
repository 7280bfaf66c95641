import { hurryOperationInput, isHeld, whyNotHurry } from '@tenantry/contracts'
import { operation } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { chainOf, lockOperation, refuseFor } from './lock-operation.ts'

/**
 * Lets an operation that waits go on at once, from the step that failed: what is done the cluster's ledger remembers.
 * One that was kept for a decision gets its whole time anew.
 */
export const hurryOperation = defineVerb({
  action: 'operation.hurry',
  permission: 'operation.retry',
  input: hurryOperationInput,
  async run({ tx, audit, core }, input) {
    const row = await lockOperation(tx, input.operationId)
    refuseFor(whyNotHurry(row), row)
    await tx
      .update(operation)
      .set({ dueAt: new Date(), ...(isHeld(row) ? { deadlineAt: null } : {}) })
      .where(eq(operation.id, row.id))
    await core.queue.wake(tx, { operationId: row.id, clusterId: row.clusterId, priority: row.priority })
    audit(chainOf(row))
    return { operationId: row.id }
  },
})
