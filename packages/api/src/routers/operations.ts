import {
  bulkId,
  clusterId,
  lanes,
  maxAtOnce,
  operationId,
  operationKinds,
  operationStates,
  putAsideInput,
  retryOperationsInput,
  TenantryError,
  templateId,
  tenantId,
} from '@tenantry/contracts'
import {
  askEach,
  cancelOperation,
  hurryOperation,
  prioritiseOperation,
  putAside,
  retryOperation,
  runVerb,
} from '@tenantry/core'
import {
  countDeadLetters,
  countLanes,
  getOperation,
  listDeadLetters,
  listOperations,
  placesInQueue,
  readOperationLog,
  slowestSteps,
  whyWaiting,
} from '@tenantry/db/queries'
import { z } from 'zod'
import { command, commands, question, router } from '../trpc.ts'
import { paging, text } from './inputs.ts'

const listing = z.object({
  ...paging,
  text,
  states: z.array(z.enum(operationStates)).max(operationStates.length).optional(),
  kinds: z.array(z.enum(operationKinds)).max(operationKinds.length).optional(),
  lanes: z.array(z.enum(lanes)).max(lanes.length).optional(),
  tenantId: tenantId.optional(),
  templateId: templateId.optional(),
  clusterId: clusterId.optional(),
  bulkId: bulkId.optional(),
})

function noSuchOperation(): never {
  throw new TenantryError('not_found', 'There is no such operation.', { action: 'Go back to the list.' })
}

const line = z.number().int().nonnegative().optional()

export const operationsRouter = router({
  list: question('operation.read')
    .input(listing)
    .query(({ ctx, input }) => listOperations(ctx.door.core.db, input)),
  get: question('operation.read')
    .input(z.object({ id: operationId }))
    .query(async ({ ctx, input }) => {
      return (await getOperation(ctx.door.core.db, input.id)) ?? noSuchOperation()
    }),
  log: question('operation.read')
    .input(
      z.object({
        operationId,
        afterLine: line,
        beforeLine: line,
        limit: z.number().int().min(1).max(1000).optional(),
      }),
    )
    .query(({ ctx, input }) => readOperationLog(ctx.door.core.db, input)),
  /** Why one is not moving: every reason that holds now, the one that matters most first. */
  whyWaiting: question('operation.read')
    .input(z.object({ id: operationId }))
    .query(async ({ ctx, input }) => (await whyWaiting(ctx.door.core.db, input.id)) ?? noSuchOperation()),
  /** The lanes, and how many failures need somebody. */
  queue: question('operation.read').query(async ({ ctx }) => ({
    lanes: await countLanes(ctx.door.core.db),
    deadLetters: await countDeadLetters(ctx.door.core.db),
  })),
  /** How many go before each of these. */
  places: question('operation.read')
    .input(z.object({ ids: z.array(operationId).max(maxAtOnce) }))
    .query(({ ctx, input }) => placesInQueue(ctx.door.core.db, input.ids)),
  deadLetters: question('operation.read').query(({ ctx }) => listDeadLetters(ctx.door.core.db)),
  /** The steps that took longest of late, with what they had of the clusters. */
  slowestSteps: question('operation.read')
    .input(
      z.object({
        days: z.number().int().min(1).max(90).default(7),
        kinds: z.array(z.enum(operationKinds)).max(operationKinds.length).optional(),
        clusterId: clusterId.optional(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .query(({ ctx, input }) => slowestSteps(ctx.door.core.db, input)),
  hurry: command(hurryOperation),
  prioritise: command(prioritiseOperation),
  retry: command(retryOperation),
  retryMany: commands(retryOperation, retryOperationsInput, ({ core, actor }, input) =>
    askEach(input.operationIds, (operationId) =>
      // A key for each, from the key of them all: the same call again returns the same operations.
      runVerb(core, actor, retryOperation, {
        idempotencyKey: `${input.idempotencyKey}/${operationId}`,
        operationId,
        onFailure: input.onFailure,
      }),
    ),
  ),
  putAside: commands(putAside, putAsideInput, ({ core, actor }, input) =>
    askEach(input.operationIds, (operationId) =>
      runVerb(core, actor, putAside, { operationId, reason: input.reason }),
    ),
  ),
  cancel: command(cancelOperation),
})
