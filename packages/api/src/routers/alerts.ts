import { builtinRuleKeys } from '@tenantry/contracts'
import { acknowledgeIncident, noteIncident, readEngine, readRunbook, releaseIncident } from '@tenantry/core'
import { z } from 'zod'
import { command, question, router } from '../trpc.ts'

export const alertsRouter = router({
  engine: question('alert.read').query(({ ctx }) => readEngine(ctx.door.core)),
  runbook: question('alert.read')
    .input(z.object({ key: z.enum(builtinRuleKeys) }))
    .query(({ input }) => readRunbook(input.key)),
  acknowledge: command(acknowledgeIncident),
  release: command(releaseIncident),
  note: command(noteIncident),
})
