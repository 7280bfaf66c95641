/** What the pill says. Exactly one holds at a time. */
export type LiveStatus =
  | { readonly kind: 'live' }
  | { readonly kind: 'delayed'; readonly seconds: number }
  | { readonly kind: 'reconnecting'; readonly attempt: number; readonly inSeconds?: number }
  | { readonly kind: 'stale'; readonly since: number | undefined; readonly seconds: number }
  | { readonly kind: 'paused'; readonly waiting: number }

export interface Pulse {
  /** When the last heartbeat came, ms; undefined before the first. */
  readonly beatAt: number | undefined
  /** When the connection was first asked for, ms. */
  readonly startedAt: number
  readonly connected: boolean
  /** Reconnections tried since the last success. */
  readonly attempt: number
  readonly paused: boolean
  /** Events held back while paused. */
  readonly waiting: number
}

/** Beats come every 2 s: one may be late, two may not. */
export const delayedAfterMs = 3_500
/** From here the banner shows. */
export const staleAfterMs = 15_000
/** From here verbs are off: nobody should act on what may be gone. */
export const verbsOffAfterMs = 30_000

/** The one state of the pill, from what is known about the connection. */
export function liveStatusOf(pulse: Pulse, now: number): LiveStatus {
  const age = now - (pulse.beatAt ?? pulse.startedAt)
  if (age >= staleAfterMs) return { kind: 'stale', since: pulse.beatAt, seconds: Math.floor(age / 1000) }
  if (pulse.paused) return { kind: 'paused', waiting: pulse.waiting }
  if (!pulse.connected) return { kind: 'reconnecting', attempt: pulse.attempt }
  if (age >= delayedAfterMs) return { kind: 'delayed', seconds: Math.floor(age / 1000) }
  return { kind: 'live' }
}
