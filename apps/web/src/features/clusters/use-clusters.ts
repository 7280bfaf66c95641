import { getQueryKey } from '@trpc/react-query'
import { type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'

export type ClusterRow = RouterOutputs['clusters']['list'][number]
export type Cluster = RouterOutputs['clusters']['get']

export const clustersKey = getQueryKey(trpc.clusters)

/** Asks again soon for what is shown of clusters when one has changed. */
function useFollowClusters(): void {
  const invalidateSoon = useInvalidateSoon()
  useTopic('clusters', { queries: [clustersKey], onEvent: () => invalidateSoon(clustersKey) })
}

/** Every cluster, detached ones last. */
export function useClusterList() {
  useFollowClusters()
  return trpc.clusters.list.useQuery({ detached: true }, { refetchInterval: 15_000 })
}

/** One cluster with its checks and with what is on it. */
export function useCluster(id: string) {
  useFollowClusters()
  return trpc.clusters.get.useQuery({ id }, { refetchInterval: 15_000 })
}
