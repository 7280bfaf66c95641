import { clusterId } from '@tenantry/contracts'
import { adoptableSchemas, listClusters } from '@tenantry/db/queries'
import { z } from 'zod'
import { question, router } from '../trpc.ts'

export const clustersRouter = router({
  list: question('cluster.read').query(({ ctx }) => listClusters(ctx.door.core.db)),
  adoptable: question('cluster.read')
    .input(z.object({ clusterId }))
    .query(({ ctx, input }) => adoptableSchemas(ctx.door.core.db, input.clusterId)),
})
