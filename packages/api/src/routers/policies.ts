import { removePolicy, setPolicy } from '@tenantry/core'
import { listPolicies } from '@tenantry/db/queries'
import { command, question, router } from '../trpc.ts'

export const policiesRouter = router({
  list: question('alert.read').query(({ ctx }) => listPolicies(ctx.door.core.db)),
  set: command(setPolicy),
  remove: command(removePolicy),
})
