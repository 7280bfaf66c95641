import { previewSilenceInput } from '@tenantry/contracts'
import { addSilence, endSilence, previewSilence } from '@tenantry/core'
import { command, question, router } from '../trpc.ts'

export const silencesRouter = router({
  preview: question('alert.read')
    .input(previewSilenceInput)
    .query(({ ctx, input }) => previewSilence(ctx.door.core, input.matchers)),
  add: command(addSilence),
  end: command(endSilence),
})
