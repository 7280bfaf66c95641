const day = 86_400_000

/** When a tenant that is archived now would be kept until. @param now ms */
export function keptUntilOf(now: number, keepDays: number): Date {
  return new Date(now + keepDays * day)
}

/** Days as typed; undefined when they are none that can be asked for. */
export function readKeepDays(typed: string): number | undefined {
  return /^\d{1,3}$/.test(typed.trim()) && Number(typed) <= 365 ? Number(typed) : undefined
}

/** Whether the window in which an archived tenant is kept is still open. @param now ms */
export function isKept(keptUntil: string | null, now: number): boolean {
  return keptUntil !== null && Date.parse(keptUntil) > now
}
