import type { LiveEvent } from '@tenantry/contracts'
import { useCallback, useEffect, useMemo, useState } from 'react'

/**
 * Counts entities that the page has heard of and the list does not hold, for the strip over it. `note` takes every event;
 * `clear` after showing them.
 */
export function usePendingRows(ids: readonly string[]) {
  const known = useMemo(() => new Set(ids), [ids])
  const [heard, setHeard] = useState<ReadonlySet<string>>(new Set())

  useEffect(() => {
    setHeard((before) => {
      const rest = [...before].filter((id) => !known.has(id))
      return rest.length === before.size ? before : new Set(rest)
    })
  }, [known])

  const note = useCallback(
    (event: LiveEvent) => {
      if (known.has(event.entityId)) return
      setHeard((before) => (before.has(event.entityId) ? before : new Set(before).add(event.entityId)))
    },
    [known],
  )
  const clear = useCallback(() => setHeard(new Set()), [])
  return { count: heard.size, note, clear }
}
