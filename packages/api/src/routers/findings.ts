import {
  clusterId,
  findingId,
  findingKindNames,
  findingStates,
  TenantryError,
  tenantId,
} from '@tenantry/contracts'
import { checkFindings, ignoreFinding, reopenFinding, resolveFinding } from '@tenantry/core'
import { getFinding, listComparedClusters, listFindings } from '@tenantry/db/queries'
import { z } from 'zod'
import { command, question, router } from '../trpc.ts'
import { paging } from './inputs.ts'

const listing = z.object({
  ...paging,
  kinds: z.array(z.enum(findingKindNames)).max(findingKindNames.length).optional(),
  states: z.array(z.enum(findingStates)).max(findingStates.length).optional(),
  clusterId: clusterId.optional(),
  tenantId: tenantId.optional(),
})

export const findingsRouter = router({
  list: question('finding.read')
    .input(listing)
    .query(({ ctx, input }) => listFindings(ctx.door.core.db, input)),
  get: question('finding.read')
    .input(z.object({ id: findingId }))
    .query(async ({ ctx, input }) => {
      const found = await getFinding(ctx.door.core.db, input.id)
      if (found) return found
      throw new TenantryError('not_found', 'There is no such finding.', { action: 'Go back to the list.' })
    }),
  clusters: question('finding.read').query(({ ctx }) => listComparedClusters(ctx.door.core.db)),
  check: command(checkFindings),
  ignore: command(ignoreFinding),
  reopen: command(reopenFinding),
  resolve: command(resolveFinding),
})
