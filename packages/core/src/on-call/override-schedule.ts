import { overrideScheduleInput, TenantryError } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { scheduleOverride } from '@tenantry/db/schema'
import { and, eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockSchedule } from './lock-schedule.ts'
import { requireMembers } from './require-members.ts'

/** Puts somebody else on call for a time, or takes that back. */
export const overrideSchedule = defineVerb({
  action: 'schedule.override',
  permission: 'oncall.write',
  input: overrideScheduleInput,
  async run({ tx, actor, audit }, input) {
    const { scheduleId } = input
    const { name } = await lockSchedule(tx, scheduleId)
    const target = { kind: 'schedule', id: scheduleId }
    if ('overrideId' in input) {
      const [gone] = await tx
        .delete(scheduleOverride)
        .where(and(eq(scheduleOverride.id, input.overrideId), eq(scheduleOverride.scheduleId, scheduleId)))
        .returning()
      if (!gone) {
        throw new TenantryError('not_found', `There is no override ${input.overrideId}.`, {
          action: 'Reload the schedule.',
        })
      }
      audit({ target, before: { name, override: factsOf(gone) }, after: { name, override: null } })
      return { scheduleId, overrideId: input.overrideId }
    }
    await requireMembers(tx, [input.userId])
    const overrideId = newId('ov')
    const values = {
      userId: input.userId,
      startsAt: new Date(input.startsAt),
      endsAt: new Date(input.endsAt),
    }
    await tx
      .insert(scheduleOverride)
      .values({ id: overrideId, scheduleId, ...values, createdBy: actor.userId })
    audit({ target, after: { name, override: factsOf(values) } })
    return { scheduleId, overrideId }
  },
})

const factsOf = ({ userId, startsAt, endsAt }: { userId: string; startsAt: Date; endsAt: Date }) => ({
  userId,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
})
