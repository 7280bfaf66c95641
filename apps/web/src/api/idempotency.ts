import { useRef } from 'react'

/**
 * A key that stays the same while one intent is retried, so that a double press is one operation. `renew` when the intent
 * changes: after success, or when the form is another.
 */
export function useIdempotencyKey(): { current: () => string; renew: () => void } {
  const key = useRef<string>(undefined)
  return {
    current: () => {
      key.current ??= crypto.randomUUID()
      return key.current
    },
    renew: () => {
      key.current = undefined
    },
  }
}
