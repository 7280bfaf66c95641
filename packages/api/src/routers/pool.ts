import { setPool } from '@tenantry/core'
import { listPools } from '@tenantry/db/queries'
import { command, question, router } from '../trpc.ts'

export const poolRouter = router({
  list: question('pool.read').query(({ ctx }) => listPools(ctx.door.core.db)),
  set: command(setPool),
})
