import { type RouterOutputs, trpc } from '../../api/trpc.ts'

export type ClusterFacts = RouterOutputs['clusters']['list'][number]

/** Every cluster with its capacity; looked at once in 15 s. */
export function useClusters() {
  return trpc.clusters.list.useQuery({}, { refetchInterval: 15_000 })
}
