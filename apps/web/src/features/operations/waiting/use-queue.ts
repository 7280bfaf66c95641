import { keepPreviousData } from '@tanstack/react-query'
import { getQueryKey } from '@trpc/react-query'
import { useMemo } from 'react'
import { trpc } from '../../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../../live/use-live.ts'
import type { OperationRow } from '../use-operations.ts'

/** Sums may be this late, ms. */
const late = 1500
const queueKey = getQueryKey(trpc.operations.queue)
const placesKey = getQueryKey(trpc.operations.places)
const most = 500
const none = {}

/** The lanes with what is in each, and how many failures need somebody. */
export function useQueue() {
  const query = trpc.operations.queue.useQuery()
  const invalidateSoon = useInvalidateSoon()
  useTopic('operations', { onEvent: () => invalidateSoon(queueKey, late), queries: [queueKey] })
  return query
}

/** The worker processes, as they last said of themselves. */
export function useWorkers() {
  return trpc.workers.list.useQuery(undefined, { refetchInterval: 5000 })
}

/** How many operations go before each of those that are queued. */
export function useQueuePlaces(rows: readonly OperationRow[]): Readonly<Record<string, number>> {
  const ids = useMemo(
    () => rows.flatMap(({ id, state }) => (state === 'queued' ? [id] : [])).slice(0, most),
    [rows],
  )
  const query = trpc.operations.places.useQuery(
    { ids },
    { enabled: ids.length > 0, placeholderData: keepPreviousData },
  )
  const invalidateSoon = useInvalidateSoon()
  useTopic(ids.length > 0 ? 'operations' : undefined, { onEvent: () => invalidateSoon(placesKey, late) })
  return query.data ?? none
}
