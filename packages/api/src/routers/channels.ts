import { testChannelInput } from '@tenantry/contracts'
import {
  addAlertSource,
  removeAlertSource,
  removeChannel,
  runVerb,
  sendNow,
  setChannel,
  testChannel,
} from '@tenantry/core'
import { listAlertSources, listChannels } from '@tenantry/db/queries'
import { command, commands, question, router } from '../trpc.ts'

export const channelsRouter = router({
  list: question('channel.read').query(({ ctx }) => listChannels(ctx.door.core.db)),
  set: command(setChannel),
  remove: command(removeChannel),
  /** Answers when the other side has: a test is worth what comes back. */
  test: commands(testChannel, testChannelInput, async ({ core, actor }, input) => {
    const { notificationId } = await runVerb(core, actor, testChannel, input)
    return sendNow(core, notificationId)
  }),
  sources: question('channel.read').query(({ ctx }) => listAlertSources(ctx.door.core.db)),
  addSource: command(addAlertSource),
  removeSource: command(removeAlertSource),
})
