import { trpc } from '../../api/trpc.ts'
import { useInvalidateSoon } from '../../live/use-live.ts'
import { clustersKey } from './use-clusters.ts'

/** Changes a cluster's name, labels, limits, concurrency or address. */
export function useChangeCluster() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending } = trpc.clusters.change.useMutation({
    onSettled: () => invalidateSoon(clustersKey),
  })
  return { change: mutateAsync, isPending }
}
