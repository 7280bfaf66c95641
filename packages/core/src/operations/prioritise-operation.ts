import { frontPriority, prioritiseOperationInput, whyNotPrioritise } from '@tenantry/contracts'
import { operation } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { chainOf, lockOperation, refuseFor } from './lock-operation.ts'

/** Moves an operation to the front of its cluster's queue, such as one child of a bulk. */
export const prioritiseOperation = defineVerb({
  action: 'operation.prioritise',
  permission: 'operation.prioritise',
  input: prioritiseOperationInput,
  async run({ tx, audit, core }, input) {
    const row = await lockOperation(tx, input.operationId)
    refuseFor(whyNotPrioritise(row), row)
    await tx.update(operation).set({ priority: frontPriority }).where(eq(operation.id, row.id))
    // The job that is behind stays there and will find nothing to do.
    const dueAt = row.dueAt && row.dueAt.getTime() > Date.now() ? { dueAt: row.dueAt } : {}
    await core.queue.wake(tx, {
      operationId: row.id,
      clusterId: row.clusterId,
      priority: frontPriority,
      ...dueAt,
    })
    audit({ ...chainOf(row), before: { priority: row.priority }, after: { priority: frontPriority } })
    return { operationId: row.id }
  },
})
