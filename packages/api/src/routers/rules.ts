import { alertRuleId, previewRuleInput, TenantryError } from '@tenantry/contracts'
import { previewRule, removeRule, setRule } from '@tenantry/core'
import { getAlertRule, listAlertRules, listRoutes } from '@tenantry/db/queries'
import { z } from 'zod'
import { command, question, router } from '../trpc.ts'

export const rulesRouter = router({
  list: question('alert.read').query(({ ctx }) => listAlertRules(ctx.door.core.db)),
  get: question('alert.read')
    .input(z.object({ id: alertRuleId }))
    .query(async ({ ctx, input }) => {
      const found = await getAlertRule(ctx.door.core.db, input.id)
      if (found) return found
      throw new TenantryError('not_found', 'There is no such rule, or it was removed.', {
        action: 'Go back to the list.',
      })
    }),
  /** The policies that a rule can name, and whom each tells when. */
  routes: question('alert.read').query(({ ctx }) => listRoutes(ctx.door.core.db)),
  preview: question('alert.read')
    .input(previewRuleInput)
    .query(({ ctx, input }) => previewRule(ctx.door.core, input)),
  set: command(setRule),
  remove: command(removeRule),
})
