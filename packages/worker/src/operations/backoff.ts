/**
 * Milliseconds to wait before the next attempt: doubling from half a second to half a minute, with up to a quarter of
 * jitter so that a fleet that failed together does not come back together.
 * @param attempt attempts made so far, from 1
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(30_000, 500 * 2 ** (attempt - 1))
  return Math.round(full * (1 - random() / 4))
}
