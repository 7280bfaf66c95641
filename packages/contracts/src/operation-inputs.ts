import { z } from 'zod'
import { operationId } from './identifiers.ts'
import { onFailures } from './operation.ts'
import { idempotencyKey } from './tenant.ts'

/** So many at once, in requests that name operations one by one. */
export const maxAtOnce = 500

const operationIds = z
  .array(operationId)
  .min(1, 'Name at least one operation')
  .max(maxAtOnce, `At most ${maxAtOnce} operations at once`)

export const onFailure = z.enum(onFailures)

export const defaultGraceSeconds = 10

export const cancelOperationInput = z.object({
  operationId,
  /** Seconds that the step in hand may still take before it is ended by force; 10 when left out. */
  graceSeconds: z.number().int().min(0).max(600).optional(),
})

export const hurryOperationInput = z.object({ operationId })
export const prioritiseOperationInput = z.object({ operationId })

export const retryOperationInput = z.object({
  idempotencyKey,
  operationId,
  /** What happens to finished steps when one fails for good; as before when left out. */
  onFailure: onFailure.optional(),
})

/** Each of them is a request of its own: some may be refused, and the others are retried all the same. */
export const retryOperationsInput = z.object({
  idempotencyKey,
  operationIds,
  onFailure: onFailure.optional(),
})

export const putAsideInput = z.object({
  operationIds,
  reason: z.string().trim().min(3, 'Say why, in a few words').max(500),
})
