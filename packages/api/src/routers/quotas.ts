import { tenantId } from '@tenantry/contracts'
import { setQuota } from '@tenantry/core'
import { z } from 'zod'
import { cachedQuotas } from '../cached-questions.ts'
import { command, question, router } from '../trpc.ts'

export const quotasRouter = router({
  list: question('quota.read')
    .input(z.object({ tenantId: tenantId.optional() }))
    .query(({ ctx, input }) => cachedQuotas(ctx, input.tenantId)),
  set: command(setQuota),
})
