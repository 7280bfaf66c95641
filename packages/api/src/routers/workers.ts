import { listWorkers } from '@tenantry/db/queries'
import { question, router } from '../trpc.ts'

export const workersRouter = router({
  list: question('operation.read').query(({ ctx }) => listWorkers(ctx.door.core.db)),
})
