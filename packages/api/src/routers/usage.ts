import { tenantId, usageSeriesInput, usageSubjectInput, usageTopInput } from '@tenantry/contracts'
import {
  exportUsage,
  forecastStorage,
  getTenantUsage,
  getUsageSeries,
  listClusterUsage,
  noisyTenants,
  topTenants,
} from '@tenantry/db/queries'
import { z } from 'zod'
import { question, router } from '../trpc.ts'

export const usageRouter = router({
  top: question('usage.read')
    .input(usageTopInput)
    .query(({ ctx, input }) => topTenants(ctx.door.core.db, input)),
  tenant: question('usage.read')
    .input(z.object({ tenantId }))
    .query(({ ctx, input }) => getTenantUsage(ctx.door.core.db, input.tenantId)),
  series: question('usage.read')
    .input(usageSeriesInput)
    .query(({ ctx, input }) => getUsageSeries(ctx.door.core.db, input)),
  forecast: question('usage.read')
    .input(usageSubjectInput)
    .query(({ ctx, input }) => forecastStorage(ctx.door.core.db, input)),
  neighbours: question('usage.read').query(({ ctx }) => noisyTenants(ctx.door.core.db)),
  clusters: question('usage.read').query(({ ctx }) => listClusterUsage(ctx.door.core.db)),
  export: question('usage.read').query(({ ctx }) => exportUsage(ctx.door.core.db)),
})
