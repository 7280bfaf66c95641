import { previewSilenceInput } from '@tenantry/contracts'
import { addSilence, endSilence, previewSilence } from '@tenantry/core'
import { listSilences, silenceStates } from '@tenantry/db/queries'
import { z } from 'zod'
import { command, question, router } from '../trpc.ts'
import { paging } from './inputs.ts'

export const silencesRouter = router({
  list: question('alert.read')
    .input(z.object({ ...paging, states: z.array(z.enum(silenceStates)).max(3).optional() }))
    .query(({ ctx, input }) => listSilences(ctx.door.core.db, input)),
  /** What a silence would cover if it began now. */
  preview: question('alert.read')
    .input(previewSilenceInput)
    .query(({ ctx, input }) => previewSilence(ctx.door.core, input.matchers)),
  add: command(addSilence),
  end: command(endSilence),
})
