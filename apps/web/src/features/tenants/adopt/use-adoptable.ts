import { trpc } from '../../../api/trpc.ts'

/** The schemas of a cluster that were made by hand; workers look twice a minute. */
export function useAdoptable(clusterId: string | undefined) {
  return trpc.clusters.adoptable.useQuery(
    { clusterId: clusterId ?? '' },
    { enabled: clusterId !== undefined, refetchInterval: 15_000 },
  )
}
