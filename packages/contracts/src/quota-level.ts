import type { QuotaLevel } from './quota.ts'

/** Parts of the limit at which a level begins, and below which it is left again: between the two nothing flaps. */
export const quotaThresholds = {
  warned: { from: 0.8, until: 0.75 },
  critical: { from: 0.95, until: 0.9 },
  /** Over the limit, in grace or blocked: released at 95 %. */
  over: { from: 1, until: 0.95 },
} as const

const rank: Record<QuotaLevel, number> = { ok: 0, warned: 1, critical: 2, exceeded: 3, blocked: 4 }

/** Whether a level is more grave than another. */
export const isGraver = (one: QuotaLevel, other: QuotaLevel) => rank[one] > rank[other]

export interface Standing {
  readonly level: QuotaLevel
  /** Since when it has this level. */
  readonly since: Date
}

/**
 * Where a tenant stands; pure.
 * @param used in the resource's unit, as `limit`
 * @param graceSeconds how long it may be over the limit before it is blocked
 * @param previous where it stood; undefined: never looked at
 * @returns the level, and while it is `exceeded` the moment at which it will be blocked
 */
export function levelOf(
  used: number,
  limit: number,
  graceSeconds: number,
  previous: Standing | undefined,
  now: Date,
): { readonly level: QuotaLevel; readonly graceUntil: Date | null } {
  const before = rank[previous?.level ?? 'ok']
  const reaches = ({ from, until }: { from: number; until: number }, at: number) =>
    used >= limit * from || (before >= at && used > limit * until)
  if (reaches(quotaThresholds.over, rank.exceeded)) {
    if (previous?.level === 'blocked') return { level: 'blocked', graceUntil: null }
    const began = previous?.level === 'exceeded' ? previous.since : now
    const graceUntil = new Date(began.getTime() + graceSeconds * 1000)
    return graceUntil > now ? { level: 'exceeded', graceUntil } : { level: 'blocked', graceUntil: null }
  }
  if (reaches(quotaThresholds.critical, rank.critical)) return { level: 'critical', graceUntil: null }
  if (reaches(quotaThresholds.warned, rank.warned)) return { level: 'warned', graceUntil: null }
  return { level: 'ok', graceUntil: null }
}

/** How much of a limit is used; a limit of nothing is full. 1: full. */
export const fullnessOf = (used: number, limit: number) => (limit === 0 ? 1 : used / limit)
