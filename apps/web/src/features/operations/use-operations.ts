import { keepPreviousData } from '@tanstack/react-query'
import { type LiveEvent, laneOf } from '@tenantry/contracts'
import { getQueryKey } from '@trpc/react-query'
import { useCallback, useMemo } from 'react'
import { type RouterInputs, type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useBornSince } from '../../live/use-born-since.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'
import { usePendingRows } from '../../table/use-pending-rows.ts'

export type OperationRow = RouterOutputs['operations']['list']['items'][number]
export type OperationListing = Omit<RouterInputs['operations']['list'], 'cursor' | 'limit'>

export const operationListKey = getQueryKey(trpc.operations.list)

/** Whether the list would hold an operation of which the socket has told; text is the server's to judge. */
export function isOperationListed(listing: OperationListing, patch: LiveEvent['patch']): boolean {
  const { states, kinds, lanes, tenantId, text } = listing
  return (
    !text &&
    (!states?.length || states.some((state) => state === patch.state)) &&
    (!kinds?.length || kinds.some((kind) => kind === patch.kind)) &&
    (!lanes?.length || lanes.includes(laneOf(Number(patch.priority)))) &&
    (!tenantId || tenantId === patch.tenantId)
  )
}

/** Operations under a filter, newest first. Rows change in place; those that came since wait in `pending`. */
export function useOperations(listing: OperationListing, limit = 100) {
  const query = trpc.operations.list.useInfiniteQuery(
    { ...listing, limit },
    {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
      refetchInterval: false,
    },
  )
  const { data, fetchNextPage, isFetchingNextPage, refetch } = query
  const rows = useMemo(() => {
    const byId = new Map(data?.pages.flatMap(({ items }) => items).map((row) => [row.id, row]))
    return [...byId.values()]
  }, [data])
  const ids = useMemo(() => rows.map(({ id }) => id), [rows])
  const pending = usePendingRows(ids)
  const isNew = useBornSince(query.dataUpdatedAt)
  const invalidateSoon = useInvalidateSoon()

  useTopic('operations', {
    queries: [operationListKey],
    onEvent: (event) => {
      if (!data || !isOperationListed(listing, event.patch)) return
      if (ids.length === 0) invalidateSoon(operationListKey)
      else if (isNew(event)) pending.note(event)
    },
  })

  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  const show = useCallback(() => {
    pending.clear()
    void refetch()
  }, [pending.clear, refetch])

  return {
    query,
    rows,
    total: data?.pages[0]?.total,
    hasMore: query.hasNextPage,
    loadMore,
    pending: { count: pending.count, onShow: show },
  }
}

/** How many operations there are in each state, kept up by the socket. */
export function useOperationCounts(listing: OperationListing) {
  const { states: _, ...rest } = listing
  const input = { ...rest, limit: 1 }
  const query = trpc.operations.list.useQuery(input, { placeholderData: keepPreviousData })
  const invalidateSoon = useInvalidateSoon()
  useTopic('operations', {
    onEvent: () => invalidateSoon(getQueryKey(trpc.operations.list, input, 'query')),
  })
  return query.data?.byState
}

/** The last operations of one tenant. */
export function useRecentOperations(tenantId: string, limit: number) {
  return trpc.operations.list.useQuery({ tenantId, limit }, { placeholderData: keepPreviousData })
}

/** The last operations on one cluster; those that come are fetched by themselves. */
export function useClusterOperations(clusterId: string, limit: number) {
  const invalidateSoon = useInvalidateSoon()
  useTopic('operations', { queries: [operationListKey], onEvent: () => invalidateSoon(operationListKey) })
  return trpc.operations.list.useQuery({ clusterId, limit }, { placeholderData: keepPreviousData })
}
