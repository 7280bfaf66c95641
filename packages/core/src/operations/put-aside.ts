import { putAsideInput, whyNotAside } from '@tenantry/contracts'
import { operation } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { defineVerb } from '../run-verb.ts'
import { chainOf, lockOperation, refuseFor } from './lock-operation.ts'

/** Says of a failed operation that nobody needs to look at it any more, and why. */
export const putAside = defineVerb({
  action: 'operation.aside',
  permission: 'operation.retry',
  input: z.object({ operationId: z.string(), reason: putAsideInput.shape.reason }),
  async run({ tx, actor, audit }, input) {
    const row = await lockOperation(tx, input.operationId)
    refuseFor(whyNotAside(row), row)
    await tx
      .update(operation)
      .set({ asideAt: new Date(), asideBy: actor.userId, asideReason: input.reason })
      .where(eq(operation.id, row.id))
    audit({ ...chainOf(row), after: { reason: input.reason } })
    return { operationId: row.id }
  },
})
