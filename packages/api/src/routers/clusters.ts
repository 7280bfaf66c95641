import { clusterId, TenantryError } from '@tenantry/contracts'
import {
  addCluster,
  changeCluster,
  checkCluster,
  cordonCluster,
  detachCluster,
  drainCluster,
  uncordonCluster,
} from '@tenantry/core'
import { adoptableSchemas, getCluster, listClusters } from '@tenantry/db/queries'
import { z } from 'zod'
import { command, question, router } from '../trpc.ts'

export const clustersRouter = router({
  list: question('cluster.read')
    .input(z.object({ detached: z.boolean().optional() }).optional())
    .query(({ ctx, input }) => listClusters(ctx.door.core.db, { detached: input?.detached ?? false })),
  get: question('cluster.read')
    .input(z.object({ id: clusterId }))
    .query(async ({ ctx, input }) => {
      const found = await getCluster(ctx.door.core.db, input.id)
      if (!found)
        throw new TenantryError('not_found', 'There is no such cluster.', { action: 'Go back to the list.' })
      return found
    }),
  check: command(checkCluster),
  add: command(addCluster),
  change: command(changeCluster),
  cordon: command(cordonCluster),
  uncordon: command(uncordonCluster),
  drain: command(drainCluster),
  detach: command(detachCluster),
  adoptable: question('cluster.read')
    .input(z.object({ clusterId }))
    .query(({ ctx, input }) => adoptableSchemas(ctx.door.core.db, input.clusterId)),
})
