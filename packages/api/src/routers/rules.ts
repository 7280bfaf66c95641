import { removeRule, setRule } from '@tenantry/core'
import { command, router } from '../trpc.ts'

export const rulesRouter = router({
  set: command(setRule),
  remove: command(removeRule),
})
