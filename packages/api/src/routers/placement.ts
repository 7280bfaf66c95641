import { labels, placementPolicy } from '@tenantry/contracts'
import { previewPlacement, readPlacement, setPlacement } from '@tenantry/core'
import { z } from 'zod'
import { command, question, router } from '../trpc.ts'

export const placementRouter = router({
  get: question('cluster.read').query(({ ctx }) => readPlacement(ctx.door.core.db)),
  /** Where a tenant with these labels would go under a policy that is only thought of. */
  preview: question('cluster.read')
    .input(z.object({ policy: placementPolicy, labels: labels.default({}) }))
    .query(({ ctx, input }) => previewPlacement(ctx.door.core.db, input)),
  set: command(setPlacement),
})
