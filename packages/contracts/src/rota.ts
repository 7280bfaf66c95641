import { TZDate } from '@date-fns/tz'
import type { ScheduleLayer } from './on-call.ts'

/** One person’s time on call. */
export interface Shift {
  readonly userId: string
  readonly from: Date
  readonly to: Date
  /** The layer’s name; null: an override. */
  readonly layer: string | null
}

/** When nobody is on call. */
export interface Gap {
  readonly from: Date
  readonly to: Date
}

export interface Rota {
  readonly timeZone: string
  readonly layers: readonly ScheduleLayer[]
}

/** Somebody else, for a time; of two at once the later in the list holds. */
export interface Override {
  readonly userId: string
  readonly startsAt: Date
  readonly endsAt: Date
}

const minute = 60_000
const day = 86_400_000
const lengthOf = { hour: 3_600_000, day, week: 7 * day } as const

/**
 * Wall-clock time is counted as if it were UTC (`wall`), where every day has 24 hours; only the ends of turns become
 * moments. So a turn of a day stays one when a clock change makes the day 23 or 25 hours long.
 */
function wallOf(moment: Date, timeZone: string): number {
  const there = new TZDate(moment.getTime(), timeZone)
  return Date.UTC(
    there.getFullYear(),
    there.getMonth(),
    there.getDate(),
    there.getHours(),
    there.getMinutes(),
    there.getSeconds(),
    there.getMilliseconds(),
  )
}

/** A time that a clock change skips is the moment of the change; of one that comes twice, the first. */
function momentOf(wall: number, timeZone: string): Date {
  const naive = new Date(wall)
  const there = new TZDate(
    naive.getUTCFullYear(),
    naive.getUTCMonth(),
    naive.getUTCDate(),
    naive.getUTCHours(),
    naive.getUTCMinutes(),
    naive.getUTCSeconds(),
    naive.getUTCMilliseconds(),
    timeZone,
  )
  return new Date(there.getTime())
}

interface Span {
  readonly from: number
  readonly to: number
}

/** The windows of a layer between two wall-clock times; all of it where it has none. A window may go past midnight. */
function windowsOf({ hours }: ScheduleLayer, from: number, to: number): Span[] {
  if (!hours) return [{ from, to }]
  const clock = (text: string) => Number(text.slice(0, 2)) * 60 * minute + Number(text.slice(3)) * minute
  const begin = clock(hours.from)
  const end = clock(hours.to) > begin ? clock(hours.to) : clock(hours.to) + day
  const windows: Span[] = []
  for (let midnight = Math.floor(from / day) * day - day; midnight < to; midnight += day) {
    const weekday = new Date(midnight).getUTCDay() || 7
    if (!hours.weekdays.includes(weekday)) continue
    const window = { from: Math.max(from, midnight + begin), to: Math.min(to, midnight + end) }
    if (window.from < window.to) windows.push(window)
  }
  return windows
}

function shiftsOfLayer(layer: ScheduleLayer, timeZone: string, from: Date, to: Date): Shift[] {
  const start = Date.parse(`${layer.startsAt}:00Z`)
  const turn = layer.turn.every * lengthOf[layer.turn.unit]
  // A day more at both ends: no clock change is longer.
  const begin = Math.max(start, wallOf(from, timeZone) - day)
  const end = wallOf(to, timeZone) + day
  const shifts: Shift[] = []
  for (let n = Math.floor((begin - start) / turn); start + n * turn < end; n++) {
    const userId = layer.users[n % layer.users.length]
    if (userId === undefined) break
    for (const window of windowsOf(layer, Math.max(begin, start + n * turn), start + (n + 1) * turn)) {
      const shift = { from: momentOf(window.from, timeZone), to: momentOf(window.to, timeZone) }
      if (shift.from < shift.to) shifts.push({ userId, ...shift, layer: layer.name })
    }
  }
  return shifts
}

/**
 * Who is on call from `from` to `to`, in order, each stretch once: a later layer covers the earlier ones while it has
 * somebody, and an override covers them all. Between two stretches that do not touch nobody is on call.
 */
export function shiftsBetween(rota: Rota, overrides: readonly Override[], from: Date, to: Date): Shift[] {
  const tracks = [
    ...rota.layers.map((layer) => shiftsOfLayer(layer, rota.timeZone, from, to)),
    ...overrides.map((one): Shift[] => [
      { userId: one.userId, from: one.startsAt, to: one.endsAt, layer: null },
    ]),
  ].toReversed()
  const edges = new Set([from.getTime(), to.getTime()])
  for (const shift of tracks.flat()) {
    for (const edge of [shift.from.getTime(), shift.to.getTime()]) {
      if (edge > from.getTime() && edge < to.getTime()) edges.add(edge)
    }
  }
  const moments = [...edges].toSorted((a, b) => a - b)
  const next = tracks.map(() => 0)
  const shifts: Shift[] = []
  for (const [i, begin] of moments.slice(0, -1).entries()) {
    let top: Shift | undefined
    for (const [t, track] of tracks.entries()) {
      let at = next[t] ?? 0
      while ((track[at]?.to.getTime() ?? Number.POSITIVE_INFINITY) <= begin) at++
      next[t] = at
      const shift = track[at]
      if (!top && shift && shift.from.getTime() <= begin) top = shift
    }
    if (!top) continue
    const end = new Date(moments[i + 1] ?? begin)
    const before = shifts.at(-1)
    const goesOn =
      before && before.to.getTime() === begin && before.userId === top.userId && before.layer === top.layer
    if (goesOn) shifts[shifts.length - 1] = { ...before, to: end }
    else shifts.push({ userId: top.userId, from: new Date(begin), to: end, layer: top.layer })
  }
  return shifts
}

/** Whose turn it is at a moment; undefined: nobody’s. */
export function whoIsOnCall(rota: Rota, overrides: readonly Override[], at: Date): Shift | undefined {
  return shiftsBetween(rota, overrides, at, new Date(at.getTime() + minute))[0]
}

/** When nobody is on call, from `from` to `to`. */
export function gapsBetween(rota: Rota, overrides: readonly Override[], from: Date, to: Date): Gap[] {
  const gaps: Gap[] = []
  let covered = from
  for (const shift of shiftsBetween(rota, overrides, from, to)) {
    if (shift.from > covered) gaps.push({ from: covered, to: shift.from })
    covered = shift.to
  }
  if (covered < to) gaps.push({ from: covered, to })
  return gaps
}

/** The next time that somebody else takes over, or nobody; undefined when nothing changes within `days`. */
export function nextHandOver(
  rota: Rota,
  overrides: readonly Override[],
  at: Date,
  days = 35,
): { at: Date; userId: string | null } | undefined {
  const until = new Date(at.getTime() + days * day)
  const shifts = shiftsBetween(rota, overrides, at, until)
  let held = at
  let holder = shifts[0] && shifts[0].from.getTime() === at.getTime() ? shifts[0].userId : null
  for (const shift of shifts) {
    if (shift.from > held) {
      if (holder !== null) return { at: held, userId: null }
      holder = null
    }
    if (shift.userId !== holder) return { at: shift.from, userId: shift.userId }
    held = shift.to
  }
  return holder !== null && held < until ? { at: held, userId: null } : undefined
}

/** The moment of a wall-clock time such as `2026-01-05T09:00` in a zone. */
export function toMoment(wallClock: string, timeZone: string): Date {
  return momentOf(Date.parse(`${wallClock.slice(0, 16)}:00Z`), timeZone)
}

/** What the clock on the wall says at a moment: `2026-01-05T09:00`. */
export function toWallClock(moment: Date, timeZone: string): string {
  return new Date(wallOf(moment, timeZone)).toISOString().slice(0, 16)
}

/** The eight midnights around the week from Monday that holds a moment, in a zone; `weeks` later or earlier. */
export function midnightsOfWeek(moment: Date, timeZone: string, weeks = 0): Date[] {
  const today = Math.floor(wallOf(moment, timeZone) / day) * day
  const monday = today - ((new Date(today).getUTCDay() || 7) - 1) * day + weeks * 7 * day
  return Array.from({ length: 8 }, (_, i) => momentOf(monday + i * day, timeZone))
}
