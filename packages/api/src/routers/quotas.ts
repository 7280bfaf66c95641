import { simulateQuotasInput, TenantryError, tenantId } from '@tenantry/contracts'
import { assignPlan, removePlan, setPlan, setQuota } from '@tenantry/core'
import { listOver, listPlans, readStanding, simulateQuotas } from '@tenantry/db/queries'
import { z } from 'zod'
import { cachedQuotas } from '../cached-questions.ts'
import { command, question, router } from '../trpc.ts'

export const quotasRouter = router({
  list: question('quota.read')
    .input(z.object({ tenantId: tenantId.optional() }))
    .query(({ ctx, input }) => cachedQuotas(ctx, input.tenantId)),
  standing: question('quota.read')
    .input(z.object({ tenantId }))
    .query(async ({ ctx, input }) => {
      const found = await readStanding(ctx.door.core.db, input.tenantId)
      if (found) return found
      throw new TenantryError('not_found', `There is no tenant ${input.tenantId}.`, {
        action: 'Go back to the list.',
      })
    }),
  over: question('quota.read').query(({ ctx }) => listOver(ctx.door.core.db)),
  plans: question('quota.read').query(({ ctx }) => listPlans(ctx.door.core.db)),
  simulate: question('quota.read')
    .input(simulateQuotasInput)
    .query(({ ctx, input: { tenantId: id, planId, limits } }) =>
      simulateQuotas(ctx.door.core.db, {
        ...(id ? { tenantId: id } : {}),
        ...(planId ? { planId } : {}),
        limits,
      }),
    ),
  set: command(setQuota),
  setPlan: command(setPlan),
  removePlan: command(removePlan),
  assignPlan: command(assignPlan),
})
