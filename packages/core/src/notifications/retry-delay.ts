/** How often a message is tried before it is given up: about two hours. */
export const mostAttempts = 16

const firstMs = 2000
const longestMs = 900_000

/**
 * Milliseconds until the next attempt: exponential with full jitter, so that what failed together does not come back
 * together, and never sooner than the other side asked for.
 * @param attempt the one that has just failed, from 1
 * @param random from 0 to 1
 */
export function retryDelayMs(attempt: number, retryAfterMs = 0, random = Math.random()): number {
  const cap = Math.min(firstMs * 2 ** Math.min(attempt - 1, 20), longestMs)
  return Math.max(Math.round(cap * random), 250, retryAfterMs)
}
