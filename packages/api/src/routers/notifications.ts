import { channelId, incidentId, notificationId, notificationStates, TenantryError } from '@tenantry/contracts'
import { replayNotification } from '@tenantry/core'
import { getNotification, listNotifications } from '@tenantry/db/queries'
import { z } from 'zod'
import { command, question, router } from '../trpc.ts'
import { paging } from './inputs.ts'

const listing = z.object({
  ...paging,
  channelId: channelId.optional(),
  incidentId: incidentId.optional(),
  states: z.array(z.enum(notificationStates)).max(notificationStates.length).optional(),
})

export const notificationsRouter = router({
  list: question('channel.read')
    .input(listing)
    .query(({ ctx, input }) => listNotifications(ctx.door.core.db, input)),
  get: question('channel.read')
    .input(z.object({ id: notificationId }))
    .query(async ({ ctx, input }) => {
      const found = await getNotification(ctx.door.core.db, input.id)
      if (found) return found
      throw new TenantryError('not_found', 'There is no such notification.', {
        action: 'Go back to the list.',
      })
    }),
  replay: command(replayNotification),
})
