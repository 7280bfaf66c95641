import { keepPreviousData } from '@tanstack/react-query'
import type { BulkState } from '@tenantry/contracts'
import { getQueryKey } from '@trpc/react-query'
import { useMemo } from 'react'
import { type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'

export type BulkRow = RouterOutputs['bulks']['list']['items'][number]

/** Bulk operations, newest first; how far they are is asked again as their children end. */
export function useBulks(states: readonly BulkState[]) {
  const query = trpc.bulks.list.useInfiniteQuery(
    { ...(states.length ? { states: [...states] } : {}), limit: 50 },
    {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
      refetchInterval: false,
    },
  )
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data])
  const invalidateSoon = useInvalidateSoon()
  const key = getQueryKey(trpc.bulks.list)
  useTopic('bulks', { queries: [key], onEvent: () => invalidateSoon(key) })
  useTopic('operations', {
    onEvent: (event) => {
      if (event.patch.bulkId) invalidateSoon(key, 2000)
    },
  })
  return { query, rows, total: query.data?.pages[0]?.total }
}
