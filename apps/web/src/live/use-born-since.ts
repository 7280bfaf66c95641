import type { LiveEvent } from '@tenantry/contracts'
import { useCallback } from 'react'
import { useLiveControls } from './use-live.ts'

/**
 * Tells whether an event is about something that came into being after a list was fetched. By its time and not by its first
 * version, since events of one entity reach the browser merged.
 * @param fetchedAt when the list was fetched, ms of this reader's clock
 */
export function useBornSince(fetchedAt: number): (event: LiveEvent) => boolean {
  const { facts } = useLiveControls()
  return useCallback(
    (event) => {
      const { createdAt } = event.patch
      return typeof createdAt === 'string' && Date.parse(createdAt) >= fetchedAt - facts().skew
    },
    [facts, fetchedAt],
  )
}
