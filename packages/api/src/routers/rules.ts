import { previewRuleInput } from '@tenantry/contracts'
import { previewRule, removeRule, setRule } from '@tenantry/core'
import { command, question, router } from '../trpc.ts'

export const rulesRouter = router({
  preview: question('alert.read')
    .input(previewRuleInput)
    .query(({ ctx, input }) => previewRule(ctx.door.core, input)),
  set: command(setRule),
  remove: command(removeRule),
})
