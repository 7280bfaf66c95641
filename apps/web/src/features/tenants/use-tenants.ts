import { keepPreviousData } from '@tanstack/react-query'
import { getQueryKey } from '@trpc/react-query'
import { useCallback, useMemo } from 'react'
import { type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useBornSince } from '../../live/use-born-since.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'
import { usePendingRows } from '../../table/use-pending-rows.ts'
import { isListed, type TenantListing } from './tenant-filter.ts'

export type TenantRow = RouterOutputs['tenants']['list']['items'][number]

export const tenantListKey = getQueryKey(trpc.tenants.list)

/**
 * The registry under a filter, page by page. Rows change in place by themselves; tenants that came since are counted in
 * `pending` and put in by `pending.onShow`.
 */
export function useTenants(listing: TenantListing) {
  const query = trpc.tenants.list.useInfiniteQuery(
    { ...listing, limit: 100 },
    {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
      // The socket says what changed; a list that refetches by itself would move under the pointer.
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

  useTopic('tenants', {
    queries: [tenantListKey],
    onEvent: (event) => {
      if (!data || !isListed(listing, event.patch)) return
      if (ids.length === 0) invalidateSoon(tenantListKey)
      // What is older may be of a row that is not loaded yet.
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
