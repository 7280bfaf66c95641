import { trpc } from '../../api/trpc.ts'
import { useInvalidateSoon } from '../../live/use-live.ts'
import { clustersKey } from './use-clusters.ts'

/** Lets go of a cluster on which nothing is left. */
export function useDetachCluster() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.clusters.detach.useMutation({
    onSettled: () => invalidateSoon(clustersKey),
  })
  return { detach: mutateAsync, isPending, error }
}
