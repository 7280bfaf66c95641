import { addSilence, endSilence } from '@tenantry/core'
import { command, router } from '../trpc.ts'

export const silencesRouter = router({
  add: command(addSilence),
  end: command(endSilence),
})
