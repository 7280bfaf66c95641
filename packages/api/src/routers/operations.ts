import {
  bulkId,
  clusterId,
  operationId,
  operationKinds,
  operationStates,
  TenantryError,
  templateId,
  tenantId,
} from '@tenantry/contracts'
import { cancelOperation, retryOperation } from '@tenantry/core'
import { getOperation, listOperations, readOperationLog } from '@tenantry/db/queries'
import { z } from 'zod'
import { command, question, router } from '../trpc.ts'
import { paging, text } from './inputs.ts'

const listing = z.object({
  ...paging,
  text,
  states: z.array(z.enum(operationStates)).max(operationStates.length).optional(),
  kinds: z.array(z.enum(operationKinds)).max(operationKinds.length).optional(),
  tenantId: tenantId.optional(),
  templateId: templateId.optional(),
  clusterId: clusterId.optional(),
  bulkId: bulkId.optional(),
})

const line = z.number().int().nonnegative().optional()

export const operationsRouter = router({
  list: question('operation.read')
    .input(listing)
    .query(({ ctx, input }) => listOperations(ctx.door.core.db, input)),
  get: question('operation.read')
    .input(z.object({ id: operationId }))
    .query(async ({ ctx, input }) => {
      const found = await getOperation(ctx.door.core.db, input.id)
      if (!found) {
        throw new TenantryError('not_found', 'There is no such operation.', {
          action: 'Go back to the list.',
        })
      }
      return found
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
  retry: command(retryOperation),
  cancel: command(cancelOperation),
})
