import {
  type EscalationPolicy,
  gapsBetween,
  nextHandOver,
  type ScheduleLayer,
  shiftsBetween,
  whoIsOnCall,
} from '@tenantry/contracts'
import { and, asc, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { escalationPolicy, schedule, scheduleOverride, user } from '../schema/index.ts'
import { iso } from './keyset.ts'

export interface OnCallPerson {
  readonly userId: string
  readonly name: string
}

export interface ScheduleRow {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly layers: readonly ScheduleLayer[]
  readonly rowVersion: number
  /** Null: nobody. */
  readonly now: (OnCallPerson & { readonly layer: string | null }) | null
  /** The next time that somebody else takes over, or nobody; null: nothing changes in five weeks. */
  readonly next: { readonly at: string; readonly person: OnCallPerson | null } | null
  /** Hours of the next two weeks in which nobody is on call. */
  readonly gapHours: number
}

const day = 86_400_000

async function overridesOf(db: Database, scheduleIds: readonly string[], from: Date, to: Date) {
  if (!scheduleIds.length) return []
  return db
    .select({
      id: scheduleOverride.id,
      scheduleId: scheduleOverride.scheduleId,
      userId: scheduleOverride.userId,
      startsAt: scheduleOverride.startsAt,
      endsAt: scheduleOverride.endsAt,
    })
    .from(scheduleOverride)
    .where(
      and(
        inArray(scheduleOverride.scheduleId, [...scheduleIds]),
        gt(scheduleOverride.endsAt, from),
        lt(scheduleOverride.startsAt, to),
      ),
    )
    .orderBy(asc(scheduleOverride.createdAt))
}

async function namesOf(db: Database, ids: readonly string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map()
  const rows = await db
    .select({ id: user.id, name: user.name })
    .from(user)
    .where(inArray(user.id, [...new Set(ids)]))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Every schedule with who is on call now and next, by name. */
export async function listSchedules(db: Database, now = new Date()): Promise<ScheduleRow[]> {
  const rows = await db
    .select({
      id: schedule.id,
      name: schedule.name,
      timeZone: schedule.timeZone,
      layers: schedule.layers,
      rowVersion: schedule.rowVersion,
    })
    .from(schedule)
    .where(isNull(schedule.removedAt))
    .orderBy(asc(schedule.name))
  const overrides = await overridesOf(
    db,
    rows.map(({ id }) => id),
    now,
    new Date(now.getTime() + 35 * day),
  )
  const names = await namesOf(db, [
    ...rows.flatMap(({ layers }) => layers.flatMap(({ users }) => users)),
    ...overrides.map(({ userId }) => userId),
  ])
  const person = (userId: string): OnCallPerson => ({ userId, name: names.get(userId) ?? userId })
  return rows.map((row) => {
    const own = overrides.filter(({ scheduleId }) => scheduleId === row.id)
    const shift = whoIsOnCall(row, own, now)
    const next = nextHandOver(row, own, now)
    const gaps = gapsBetween(row, own, now, new Date(now.getTime() + 14 * day))
    return {
      ...row,
      now: shift ? { ...person(shift.userId), layer: shift.layer } : null,
      next: next ? { at: next.at.toISOString(), person: next.userId ? person(next.userId) : null } : null,
      gapHours: gaps.reduce((sum, { from, to }) => sum + (to.getTime() - from.getTime()) / 3_600_000, 0),
    }
  })
}

export interface ScheduleWeek {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly shifts: readonly (OnCallPerson & {
    readonly from: string
    readonly to: string
    /** Null: an override. */
    readonly layer: string | null
  })[]
  readonly gaps: readonly { readonly from: string; readonly to: string }[]
  readonly overrides: readonly (OnCallPerson & {
    readonly id: string
    readonly startsAt: string
    readonly endsAt: string
  })[]
}

/** Who is on call from `from` to `to`; undefined when there is no such schedule. */
export async function getScheduleWeek(
  db: Database,
  id: string,
  from: Date,
  to: Date,
): Promise<ScheduleWeek | undefined> {
  const [row] = await db
    .select()
    .from(schedule)
    .where(and(eq(schedule.id, id), isNull(schedule.removedAt)))
  if (!row) return undefined
  const overrides = await overridesOf(db, [id], from, to)
  const shifts = shiftsBetween(row, overrides, from, to)
  const names = await namesOf(
    db,
    [...shifts, ...overrides].map(({ userId }) => userId),
  )
  const name = (userId: string) => names.get(userId) ?? userId
  return {
    id,
    name: row.name,
    timeZone: row.timeZone,
    shifts: shifts.map((shift) => ({
      userId: shift.userId,
      name: name(shift.userId),
      from: shift.from.toISOString(),
      to: shift.to.toISOString(),
      layer: shift.layer,
    })),
    gaps: gapsBetween(row, overrides, from, to).map((gap) => ({
      from: gap.from.toISOString(),
      to: gap.to.toISOString(),
    })),
    overrides: overrides.map((one) => ({
      id: one.id,
      userId: one.userId,
      name: name(one.userId),
      startsAt: one.startsAt.toISOString(),
      endsAt: one.endsAt.toISOString(),
    })),
  }
}

export interface PolicyRow {
  readonly id: string
  readonly name: string
  readonly steps: EscalationPolicy['steps']
  readonly repeat: number
  readonly isDefault: boolean
  /** Rules that name it. */
  readonly rules: number
  readonly rowVersion: number
  readonly createdAt: string
}

/** Every escalation, the default first. */
export function listPolicies(db: Database): Promise<PolicyRow[]> {
  return db
    .select({
      id: escalationPolicy.id,
      name: escalationPolicy.name,
      steps: escalationPolicy.steps,
      repeat: escalationPolicy.repeat,
      isDefault: escalationPolicy.isDefault,
      rules: sql<number>`(select count(*) from control.alert_rule r
        where r.policy_id = escalation_policy.id and r.removed_at is null)::int`,
      rowVersion: escalationPolicy.rowVersion,
      createdAt: iso(escalationPolicy.createdAt),
    })
    .from(escalationPolicy)
    .where(isNull(escalationPolicy.removedAt))
    .orderBy(desc(escalationPolicy.isDefault), asc(escalationPolicy.name))
}

/** Who can be put on call: members who can sign in, by name. */
export function listOnCallPeople(db: Database): Promise<OnCallPerson[]> {
  return db
    .select({ userId: user.id, name: user.name })
    .from(user)
    .where(and(isNull(user.disabledAt), sql`${user.passwordHash} is not null`))
    .orderBy(asc(user.name))
}
