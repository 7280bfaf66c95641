import { keepPreviousData } from '@tanstack/react-query'
import { getQueryKey } from '@trpc/react-query'
import { useCallback, useMemo } from 'react'
import { type RouterInputs, type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'

export type Incident = RouterOutputs['alerts']['list']['items'][number]
export type IncidentDetail = RouterOutputs['alerts']['get']
export type IncidentMember = RouterOutputs['alerts']['members']['items'][number]
export type IncidentSeries = NonNullable<RouterOutputs['alerts']['series']>
export type IncidentFilter = Omit<RouterInputs['alerts']['list'], 'cursor' | 'limit' | 'which'>
export type FiringCounts = RouterOutputs['alerts']['counts']

export const alertsKey = getQueryKey(trpc.alerts)
export const rulesKey = getQueryKey(trpc.rules)
export const silencesKey = getQueryKey(trpc.silences)
const countsKey = getQueryKey(trpc.alerts.counts)

/** Asks again for what is shown of alerts when an incident, a rule or a silence has changed. */
export function useAlertNews(): void {
  const invalidateSoon = useInvalidateSoon()
  useTopic('alerts', {
    queries: [alertsKey, rulesKey, silencesKey],
    onEvent: ({ kind }) => {
      invalidateSoon(alertsKey)
      // What fires counts in the lists of rules and silences, too.
      invalidateSoon(rulesKey, kind === 'rule.changed' ? undefined : 1500)
      invalidateSoon(silencesKey, kind === 'silence.changed' ? undefined : 1500)
    },
  })
}

/** Incidents that last, worst first, or those that are over. */
export function useIncidents(which: 'open' | 'resolved', filter: IncidentFilter = {}, limit = 50) {
  const query = trpc.alerts.list.useInfiniteQuery(
    { ...filter, which, limit },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
  )
  const { data, fetchNextPage, isFetchingNextPage } = query
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  return { query, rows, total: data?.pages[0]?.total, hasMore: query.hasNextPage, loadMore }
}

/** One incident with its timeline, deliveries and rule. */
export function useIncident(id: string) {
  return trpc.alerts.get.useQuery(
    { id },
    { placeholderData: (before) => (before?.id === id ? before : undefined) },
  )
}

/** Everybody whom it is about. */
export function useIncidentMembers(incidentId: string) {
  const query = trpc.alerts.members.useInfiniteQuery(
    { incidentId, limit: 20 },
    { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: keepPreviousData },
  )
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data])
  return { query, rows, total: query.data?.pages[0]?.total }
}

/** Value against limit; asked again every ten seconds while it lasts. `at`: what it looked like then. */
export function useIncidentSeries(id: string, isOpen: boolean, at?: string) {
  return trpc.alerts.series.useQuery(at ? { id, at } : { id }, {
    refetchInterval: isOpen && !at ? 10_000 : false,
    placeholderData: keepPreviousData,
  })
}

/** How many incidents want somebody, kept fresh by the live feed. */
export function useFiringCounts(): FiringCounts | undefined {
  const invalidateSoon = useInvalidateSoon()
  useTopic('alerts', {
    queries: [countsKey],
    onEvent: ({ kind }) => kind === 'incident.changed' && invalidateSoon(countsKey, 200),
  })
  return trpc.alerts.counts.useQuery().data
}

/** How fresh the evaluation of rules is. */
export function useAlertEngine() {
  return trpc.alerts.engine.useQuery(undefined, { refetchInterval: 10_000 })
}
