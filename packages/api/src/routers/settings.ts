import { setSetting } from '@tenantry/core'
import { getSettings } from '@tenantry/db/queries'
import { command, question, router } from '../trpc.ts'

export const settingsRouter = router({
  get: question('setting.read').query(({ ctx }) => getSettings(ctx.door.core.db)),
  set: command(setSetting),
})
