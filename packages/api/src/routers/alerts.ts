import { acknowledgeIncident, noteIncident, releaseIncident } from '@tenantry/core'
import { command, router } from '../trpc.ts'

export const alertsRouter = router({
  acknowledge: command(acknowledgeIncident),
  release: command(releaseIncident),
  note: command(noteIncident),
})
