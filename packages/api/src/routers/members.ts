import { addMember, changeMember } from '@tenantry/core'
import { listMembers } from '@tenantry/db/queries'
import { command, question, router } from '../trpc.ts'

export const membersRouter = router({
  list: question('member.read').query(({ ctx }) => listMembers(ctx.door.core.db)),
  add: command(addMember),
  change: command(changeMember),
})
