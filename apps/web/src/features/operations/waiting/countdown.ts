import { formatDuration } from '../../../ui/time-format.ts'

/** How long until a moment, in whole seconds; undefined once it has passed. @param now ms */
export function countdown(at: string, now: number): string | undefined {
  const seconds = Math.ceil((Date.parse(at) - now) / 1000)
  if (seconds <= 0) return undefined
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000)
}
