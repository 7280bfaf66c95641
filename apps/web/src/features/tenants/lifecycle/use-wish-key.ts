import { useRef } from 'react'
import { useIdempotencyKey } from '../../../api/idempotency.ts'

/** The idempotency key of a wish: the same wish sent twice is one operation, another wish is another. */
export function useWishKey(): { keyOf: (wish: object) => string; renew: () => void } {
  const key = useIdempotencyKey()
  const last = useRef('')
  return {
    keyOf: (wish) => {
      const text = JSON.stringify(wish)
      if (text !== last.current) key.renew()
      last.current = text
      return key.current()
    },
    renew: key.renew,
  }
}
