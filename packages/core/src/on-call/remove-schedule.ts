import { removeScheduleInput, TenantryError } from '@tenantry/contracts'
import { escalationPolicy, schedule } from '@tenantry/db/schema'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockSchedule } from './lock-schedule.ts'

/** Removes a schedule. Refused while an escalation calls whoever is on call in it. */
export const removeSchedule = defineVerb({
  action: 'schedule.remove',
  permission: 'oncall.write',
  input: removeScheduleInput,
  async run({ tx, audit }, { scheduleId, ifVersion }) {
    const before = await lockSchedule(tx, scheduleId, ifVersion)
    const named = await tx
      .select({ name: escalationPolicy.name })
      .from(escalationPolicy)
      .where(
        and(
          isNull(escalationPolicy.removedAt),
          sql`jsonb_path_exists(${escalationPolicy.steps}, '$[*].targets[*] ? (@.scheduleId == $id)',
            jsonb_build_object('id', ${scheduleId}::text))`,
        ),
      )
    if (named.length) {
      throw new TenantryError(
        'unlawful_transition',
        `${before.name} is called by the escalation ${named.map(({ name }) => name).join(', ')}.`,
        { action: 'Take it out there first.' },
      )
    }
    await tx.update(schedule).set({ removedAt: sql`now()` }).where(eq(schedule.id, scheduleId))
    audit({ target: { kind: 'schedule', id: scheduleId }, before: { name: before.name } })
    return { scheduleId }
  },
})
