import { keepPreviousData } from '@tanstack/react-query'
import { getQueryKey } from '@trpc/react-query'
import { useCallback, useMemo } from 'react'
import { type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'
import { usePendingRows } from '../../table/use-pending-rows.ts'
import { type AuditListing, isAudited } from './audit-filter.ts'

export type AuditEntry = RouterOutputs['audit']['list']['items'][number]

const auditListKey = getQueryKey(trpc.audit.list)

/** The audit log under a filter, newest first; what is written since waits in `pending`. */
export function useAudit(listing: AuditListing) {
  const query = trpc.audit.list.useInfiniteQuery(
    { ...listing, limit: 100 },
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
  const invalidateSoon = useInvalidateSoon()
  useTopic('audit', {
    queries: [auditListKey],
    onEvent: (event) => {
      if (!data || !isAudited(listing, event.patch)) return
      if (ids.length === 0) invalidateSoon(auditListKey)
      else pending.note(event)
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

/** The last entries in the chain of one tenant. */
export function useRecentAudit(tenantId: string, limit: number) {
  return trpc.audit.list.useQuery({ tenantId, limit }, { placeholderData: keepPreviousData })
}
