import { keepPreviousData } from '@tanstack/react-query'
import { getQueryKey } from '@trpc/react-query'
import { useCallback, useMemo } from 'react'
import { type RouterInputs, type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'

export type Finding = RouterOutputs['findings']['get']
export type FindingListing = Omit<RouterInputs['findings']['list'], 'cursor' | 'limit'>
export type ComparedCluster = RouterOutputs['findings']['clusters'][number]

const findingsKey = getQueryKey(trpc.findings)
const clustersKey = getQueryKey(trpc.findings.clusters)

/** Asks for findings again when one has come, changed or gone, and for the clusters when one was compared. */
export function useFindingNews(): void {
  const invalidateSoon = useInvalidateSoon()
  useTopic('findings', {
    queries: [findingsKey],
    onEvent: ({ kind }) => invalidateSoon(kind === 'finding.changed' ? findingsKey : clustersKey),
  })
}

/** Findings under a filter, by kind. */
export function useFindings(listing: FindingListing, limit = 100) {
  const query = trpc.findings.list.useInfiniteQuery(
    { ...listing, limit },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
  )
  const { data, fetchNextPage, isFetchingNextPage } = query
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  const [first] = data?.pages ?? []
  return { query, rows, first, hasMore: query.hasNextPage, loadMore }
}

/** One finding, also when it is resolved. */
export function useFinding(id: string) {
  return trpc.findings.get.useQuery(
    { id },
    { placeholderData: (before) => (before?.id === id ? before : undefined) },
  )
}

/** When each cluster was compared, and what came of it. */
export function useComparedClusters() {
  return trpc.findings.clusters.useQuery()
}

/** The open findings of one tenant. */
export function useTenantFindings(tenantId: string) {
  const query = trpc.findings.list.useQuery({ tenantId, states: ['open'], limit: 20 })
  useFindingNews()
  return query.data?.items ?? []
}
