import { TenantryError, templateId } from '@tenantry/contracts'
import { publishTemplate } from '@tenantry/core'
import { cachedTemplate, cachedTemplates } from '../cached-questions.ts'
import { command, question, router } from '../trpc.ts'
import { byIdOrSlug } from './inputs.ts'

export const templatesRouter = router({
  list: question('template.read').query(({ ctx }) => cachedTemplates(ctx)),
  get: question('template.read')
    .input(byIdOrSlug(templateId))
    .query(async ({ ctx, input }) => {
      const found = await cachedTemplate(ctx, input)
      if (!found) {
        throw new TenantryError('not_found', 'There is no such template.', { action: 'Go back to the list.' })
      }
      return found
    }),
  publish: command(publishTemplate),
})
