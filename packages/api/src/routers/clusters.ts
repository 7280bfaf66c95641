import { listClusters } from '@tenantry/db/queries'
import { question, router } from '../trpc.ts'

export const clustersRouter = router({
  list: question('cluster.read').query(({ ctx }) => listClusters(ctx.door.core.db)),
})
