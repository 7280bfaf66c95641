import { tenantId } from '@tenantry/contracts'
import { setQuota } from '@tenantry/core'
import { listQuotas } from '@tenantry/db/queries'
import { z } from 'zod'
import { command, question, router } from '../trpc.ts'

export const quotasRouter = router({
  list: question('quota.read')
    .input(z.object({ tenantId: tenantId.optional() }))
    .query(({ ctx, input }) => listQuotas(ctx.door.core.db, input.tenantId)),
  set: command(setQuota),
})
