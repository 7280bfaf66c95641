import { trpc } from '../../../api/trpc.ts'
import { useInvalidateSoon } from '../../../live/use-live.ts'
import { clustersKey } from '../use-clusters.ts'

/** Makes a database a cluster. */
export function useAddCluster() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending } = trpc.clusters.add.useMutation({
    onSettled: () => invalidateSoon(clustersKey),
  })
  return { add: mutateAsync, isPending }
}
