import { z } from 'zod'
import { channelId, scheduleId, userId } from './identifiers.ts'

const timeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}, 'No such time zone')

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time such as 09:00')

/** Whether the calendar has it: there is no 31 February. */
function isWallClock(text: string): boolean {
  const moment = new Date(`${text}:00Z`)
  return (
    /^\d{4}-/.test(text) && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(`${text}:00`)
  )
}

/** One rotation. A later layer covers the earlier ones while it has somebody. */
export const scheduleLayer = z.object({
  name: z.string().trim().min(1).max(60),
  /** In turn. */
  users: z.array(userId).min(1, 'Nobody is in this layer').max(50),
  /** The first hand-over, wall-clock time of the schedule’s zone: `2026-01-05T09:00`. */
  startsAt: z.string().refine(isWallClock, 'A date and time such as 2026-01-05T09:00'),
  /** How long one turn is, in wall-clock days or hours: a turn of a day that a clock change makes 23 hours is still a day. */
  turn: z.object({ every: z.number().int().min(1).max(366), unit: z.enum(['hour', 'day', 'week']) }),
  /** Only on these weekdays (1 Monday … 7 Sunday) between these times; left out: always. */
  hours: z
    .object({
      weekdays: z.array(z.number().int().min(1).max(7)).min(1),
      from: clock,
      to: clock,
    })
    .optional(),
})
export type ScheduleLayer = z.infer<typeof scheduleLayer>

export const schedule = z.object({
  name: z.string().trim().min(2).max(60),
  timeZone,
  layers: z.array(scheduleLayer).max(10),
})

/** Who is told at one step of an escalation. */
export const escalationTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('schedule'), scheduleId }),
  z.object({ kind: z.literal('user'), userId }),
  z.object({ kind: z.literal('channel'), channelId }),
])
export type EscalationTarget = z.infer<typeof escalationTarget>

export const escalationPolicy = z.object({
  name: z.string().trim().min(2).max(60),
  /** The first step at once; each later one so many seconds after the one before, while nobody has taken it. */
  steps: z
    .array(
      z.object({
        afterSeconds: z.number().int().min(0).max(86_400),
        targets: z.array(escalationTarget).min(1, 'Nobody is told at this step').max(20),
      }),
    )
    .min(1)
    .max(10),
  /** How often the whole of it begins again. */
  repeat: z.number().int().min(0).max(5).default(0),
})
export type EscalationPolicy = z.infer<typeof escalationPolicy>
