import { z } from 'zod'
import { escalationPolicyId, scheduleId, scheduleOverrideId, userId } from './identifiers.ts'
import { escalationPolicy, schedule } from './on-call.ts'

const ifVersion = z.number().int().positive()

/** Adds a schedule, or changes the one that `scheduleId` names. */
export const setScheduleInput = schedule.extend({
  scheduleId: scheduleId.optional(),
  ifVersion: ifVersion.optional(),
})
export const removeScheduleInput = z.object({ scheduleId, ifVersion })

export const longestOverrideDays = 92

/** Somebody else for a time, or, by `overrideId`, the end of such a time. */
export const overrideScheduleInput = z.union([
  z
    .object({
      scheduleId,
      userId,
      startsAt: z.iso.datetime({ offset: true }),
      endsAt: z.iso.datetime({ offset: true }),
    })
    .refine((o) => Date.parse(o.endsAt) > Date.parse(o.startsAt), {
      path: ['endsAt'],
      message: 'It ends before it begins',
    })
    .refine((o) => Date.parse(o.endsAt) - Date.parse(o.startsAt) <= longestOverrideDays * 86_400_000, {
      path: ['endsAt'],
      message: `At most ${longestOverrideDays} days: change the layers instead`,
    }),
  z.object({ scheduleId, overrideId: scheduleOverrideId }),
])

/** Adds a policy, or changes the one that `policyId` names. `isDefault` makes it the one of every rule that names none. */
export const setPolicyInput = escalationPolicy.extend({
  policyId: escalationPolicyId.optional(),
  ifVersion: ifVersion.optional(),
  isDefault: z.boolean().default(false),
})
export const removePolicyInput = z.object({ policyId: escalationPolicyId, ifVersion })
