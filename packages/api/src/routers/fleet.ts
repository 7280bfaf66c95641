import {
  getFleetOverview,
  getFleetSeries,
  listAttention,
  listRecentEvents,
  type SeriesRange,
  seriesRanges,
} from '@tenantry/db/queries'
import { z } from 'zod'
import { question, router } from '../trpc.ts'

const range = z.enum(Object.keys(seriesRanges) as [SeriesRange, ...SeriesRange[]])

export const fleetRouter = router({
  overview: question('fleet.read').query(({ ctx }) => getFleetOverview(ctx.door.core.db)),
  series: question('fleet.read')
    .input(z.object({ range }))
    .query(({ ctx, input }) => getFleetSeries(ctx.door.core.db, input.range)),
  recentEvents: question('fleet.read')
    .input(z.object({ limit: z.number().int().min(1).max(100).optional() }))
    .query(({ ctx, input }) => listRecentEvents(ctx.door.core.db, input.limit ?? 30)),
  attention: question('fleet.read').query(({ ctx }) => listAttention(ctx.door.core.db)),
})
