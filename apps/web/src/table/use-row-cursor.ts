import { useEffect, useState } from 'react'

/**
 * Which row is current, by id, so that it stays with its row when others come before it. `move` goes by index and stops at
 * the ends.
 */
export function useRowCursor(ids: readonly string[]) {
  const [current, setCurrent] = useState<string>()
  const index = current === undefined ? -1 : ids.indexOf(current)

  useEffect(() => {
    if (current !== undefined && ids.length > 0 && index === -1) setCurrent(undefined)
  }, [current, ids.length, index])

  return {
    current,
    index,
    set: setCurrent,
    /** The id that is current now, or undefined in an empty list. */
    move(by: number): string | undefined {
      const from = index === -1 ? (by > 0 ? -1 : ids.length) : index
      const next = ids[Math.min(ids.length - 1, Math.max(0, from + by))]
      setCurrent(next)
      return next
    },
  }
}
