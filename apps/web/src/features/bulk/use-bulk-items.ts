import { keepPreviousData } from '@tanstack/react-query'
import type { BulkOutcome } from '@tenantry/contracts'
import { useCallback, useMemo } from 'react'
import { type RouterOutputs, trpc } from '../../api/trpc.ts'

export type BulkItem = RouterOutputs['bulks']['items']['items'][number]

/** The items of a bulk in their order, page by page. */
export function useBulkItems(bulkId: string, outcomes: readonly BulkOutcome[], group: string | undefined) {
  const query = trpc.bulks.items.useInfiniteQuery(
    {
      bulkId,
      ...(outcomes.length ? { outcomes: [...outcomes] } : {}),
      ...(group ? { group } : {}),
      limit: 100,
    },
    {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
      refetchInterval: false,
    },
  )
  const { data, isFetchingNextPage, fetchNextPage } = query
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  return { query, rows, hasMore: query.hasNextPage, loadMore }
}
