import {
  bulkCheckInput,
  bulkId,
  bulkOutcomes,
  bulkPreviewInput,
  bulkStates,
  TenantryError,
} from '@tenantry/contracts'
import {
  cancelBulk,
  checkImport,
  importTenants,
  labelTenants,
  pauseBulk,
  previewBulk,
  resumeBulk,
  retryBulk,
  startBulk,
} from '@tenantry/core'
import { getBulk, listBulkItems, listBulks } from '@tenantry/db/queries'
import { z } from 'zod'
import { command, question, router } from '../trpc.ts'
import { paging } from './inputs.ts'

const outcomes = Object.keys(bulkOutcomes) as (keyof typeof bulkOutcomes)[]

export const bulksRouter = router({
  list: question('bulk.read')
    .input(z.object({ ...paging, states: z.array(z.enum(bulkStates)).max(bulkStates.length).optional() }))
    .query(({ ctx, input }) => listBulks(ctx.door.core.db, input)),
  get: question('bulk.read')
    .input(z.object({ id: bulkId }))
    .query(async ({ ctx, input }) => {
      const found = await getBulk(ctx.door.core.db, input.id)
      if (!found) {
        throw new TenantryError('not_found', 'There is no such bulk operation.', {
          action: 'Go back to the list.',
        })
      }
      return found
    }),
  items: question('bulk.read')
    .input(
      z.object({
        ...paging,
        bulkId,
        outcomes: z.array(z.enum(outcomes)).max(outcomes.length).optional(),
        group: z.string().max(600).optional(),
      }),
    )
    .query(({ ctx, input }) => listBulkItems(ctx.door.core.db, input)),
  // Both change nothing; they are sent like changes because what they ask about is too long for an address.
  preview: question('tenant.read')
    .input(bulkPreviewInput)
    .mutation(({ ctx, input }) => previewBulk(ctx.door.core.db, input)),
  check: question('tenant.read')
    .input(bulkCheckInput)
    .mutation(async ({ ctx, input }) => {
      const { good, faults, wrongRows } = await checkImport(ctx.door.core.db, input.rows, input.template)
      return { goodRows: good.length, wrongRows, faults }
    }),
  start: command(startBulk),
  import: command(importTenants),
  pause: command(pauseBulk),
  resume: command(resumeBulk),
  cancel: command(cancelBulk),
  retry: command(retryBulk),
  label: command(labelTenants),
})
