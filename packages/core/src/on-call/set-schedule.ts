import { setScheduleInput } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { schedule } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockSchedule } from './lock-schedule.ts'
import { requireMembers } from './require-members.ts'

/** Adds a schedule, or changes its layers. Who is on call from now on is what it says now. */
export const setSchedule = defineVerb({
  action: 'schedule.set',
  permission: 'oncall.write',
  input: setScheduleInput,
  async run({ tx, audit }, { scheduleId, ifVersion, ...values }) {
    const before = scheduleId ? await lockSchedule(tx, scheduleId, ifVersion) : undefined
    await requireMembers(
      tx,
      values.layers.flatMap(({ users }) => users),
    )
    const id = scheduleId ?? newId('sc')
    const [after] = before
      ? await tx.update(schedule).set(values).where(eq(schedule.id, id)).returning()
      : await tx
          .insert(schedule)
          .values({ id, ...values })
          .returning()
    audit({
      target: { kind: 'schedule', id },
      ...(before ? { before: { name: before.name, timeZone: before.timeZone, layers: before.layers } } : {}),
      after: values,
    })
    return { scheduleId: id, rowVersion: after?.rowVersion ?? 1 }
  },
})
