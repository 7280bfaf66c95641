import type { UsageRanking } from '@tenantry/contracts'
import { getQueryKey } from '@trpc/react-query'
import { type RouterInputs, type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'

export type TopTenants = RouterOutputs['usage']['top']
export type TopTenant = TopTenants['items'][number]
export type ClusterUsage = RouterOutputs['usage']['clusters'][number]
export type NoisyTenant = RouterOutputs['usage']['neighbours'][number]
export type Forecast = RouterOutputs['usage']['forecast']
export type TenantUsageNow = NonNullable<RouterOutputs['usage']['tenant']>
export type SeriesInput = RouterInputs['usage']['series']

const keys = [getQueryKey(trpc.usage.top), getQueryKey(trpc.usage.clusters)]
const tenantKey = getQueryKey(trpc.usage.tenant)
const neighboursKey = getQueryKey(trpc.usage.neighbours)

/** While it is called, what shows usage is fetched again when a cluster's was collected: once a second at most. */
export function useFollowUsage() {
  const invalidateSoon = useInvalidateSoon()
  useTopic('usage', {
    queries: [...keys, tenantKey, neighboursKey],
    onEvent: () => {
      for (const key of [...keys, tenantKey]) invalidateSoon(key, 1000)
      // It reads an hour of history, and nobody's part in it changes within seconds.
      invalidateSoon(neighboursKey, 30_000)
    },
  })
}

/** So many fit on a screen. */
export const topCount = 15

/** Who uses the most. */
export const useTopTenants = (by: UsageRanking) =>
  trpc.usage.top.useQuery({ by, limit: topCount }, { placeholderData: (before) => before })

export const useClusterUsage = () => trpc.usage.clusters.useQuery()

export const useNoisyTenants = () => trpc.usage.neighbours.useQuery()

/** What a tenant uses now; null before it was first looked at. */
export const useTenantUsage = (tenantId: string) => trpc.usage.tenant.useQuery({ tenantId })

/** The history of a metric; asked for again once a minute. */
export const useUsageSeries = (input: SeriesInput) =>
  trpc.usage.series.useQuery(input, { refetchInterval: 60_000, placeholderData: (before) => before })

/** How the storage of a tenant or a cluster will grow; it changes within hours. */
export const useForecast = (of: RouterInputs['usage']['forecast']) =>
  trpc.usage.forecast.useQuery(of, { staleTime: 300_000 })

/** Fetches what every tenant uses as rows. */
export function useExportUsage() {
  const { usage } = trpc.useUtils()
  return () => usage.export.fetch()
}
