import { previewSilenceInput } from '@tenantry/contracts'
import { addSilence, endSilence } from '@tenantry/core'
import { countMatches, listSilences, silenceStates } from '@tenantry/db/queries'
import { z } from 'zod'
import { command, question, router } from '../trpc.ts'
import { paging } from './inputs.ts'

export const silencesRouter = router({
  list: question('alert.read')
    .input(z.object({ ...paging, states: z.array(z.enum(silenceStates)).max(3).optional() }))
    .query(({ ctx, input }) => listSilences(ctx.door.core.db, input)),
  /** How many alerts that fire now these matchers let through. */
  preview: question('alert.read')
    .input(previewSilenceInput)
    .query(async ({ ctx, input }) => {
      const counts = await countMatches(ctx.door.core.db, [{ id: 'these', matchers: input.matchers }])
      return { firing: counts.get('these') ?? 0 }
    }),
  add: command(addSilence),
  end: command(endSilence),
})
