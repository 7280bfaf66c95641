import { scheduleId, TenantryError } from '@tenantry/contracts'
import { overrideSchedule, removeSchedule, setSchedule } from '@tenantry/core'
import { getScheduleWeek, listOnCallPeople, listSchedules } from '@tenantry/db/queries'
import { z } from 'zod'
import { command, question, router } from '../trpc.ts'
import { instant } from './inputs.ts'

const mostDays = 62

export const schedulesRouter = router({
  list: question('alert.read').query(({ ctx }) => listSchedules(ctx.door.core.db)),
  week: question('alert.read')
    .input(
      z
        .object({ id: scheduleId, from: instant, to: instant })
        .refine(({ from, to }) => to > from && to.getTime() - from.getTime() <= mostDays * 86_400_000, {
          path: ['to'],
          message: `Between a moment and ${mostDays} days after it`,
        }),
    )
    .query(async ({ ctx, input: { id, from, to } }) => {
      const found = await getScheduleWeek(ctx.door.core.db, id, from, to)
      if (found) return found
      throw new TenantryError('not_found', 'There is no such schedule.', { action: 'Go back to the list.' })
    }),
  people: question('alert.read').query(({ ctx }) => listOnCallPeople(ctx.door.core.db)),
  set: command(setSchedule),
  remove: command(removeSchedule),
  override: command(overrideSchedule),
})
