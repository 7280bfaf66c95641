import type { QueryKey } from '@tanstack/react-query'
import type { LiveEvent, Topic } from '@tenantry/contracts'
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import { withLive } from './entity-store.ts'
import type { LiveFacts } from './feed.ts'
import { useLiveContext } from './live-provider.tsx'
import { verbsOffAfterMs } from './live-status.ts'

/** The pill's facts; re-renders when the state changes, not with every beat. */
export function useLiveFacts(): LiveFacts {
  const { feed } = useLiveContext()
  return useSyncExternalStore(feed.watch, feed.facts)
}

/** Pause, resume, try again now. */
export function useLiveControls() {
  const { feed } = useLiveContext()
  return feed
}

/**
 * Joins a topic while the caller is mounted. `onEvent` sees every event; `queries` are fetched again when so much was missed
 * that only a snapshot helps. Give `undefined` to join nothing.
 */
export function useTopic(
  topic: Topic | undefined,
  use: { onEvent?: (event: LiveEvent) => void; queries?: readonly QueryKey[] },
): void {
  const { feed, invalidation } = useLiveContext()
  const latest = useRef(use)
  latest.current = use
  useEffect(() => {
    if (!topic) return
    return feed.join(topic, {
      onEvent: (event) => latest.current.onEvent?.(event),
      onSnapshot: () => {
        for (const key of latest.current.queries ?? []) invalidation.soon(key)
      },
    })
  }, [feed, invalidation, topic])
}

/** Fetches a query again soon, at most once in 400 ms (or `waitMs`): for what came, went or changed its class. */
export function useInvalidateSoon(): (queryKey: QueryKey, waitMs?: number) => void {
  return useLiveContext().invalidation.soon
}

/** A row of a query with what the socket said after it. Rows carry `id` and `rowVersion`. */
export function useLiveRow<Row extends { id: string; rowVersion: number }>(row: Row): Row {
  const { feed } = useLiveContext()
  const subscribe = useCallback(
    (listener: () => void) => feed.entities.subscribe(row.id, listener),
    [feed, row.id],
  )
  const live = useSyncExternalStore(subscribe, () => feed.entities.get(row.id))
  return withLive(row, row.rowVersion, live)
}

/** Why nobody should act now: the data is over 30 s old. Give it to `disabledReason` of what changes things. */
export function useStaleRefusal(): string | undefined {
  const { status } = useLiveFacts()
  return status.kind === 'stale' && status.seconds * 1000 >= verbsOffAfterMs
    ? `Data is ${status.seconds} s old. It works again once the page is live.`
    : undefined
}
