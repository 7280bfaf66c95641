import { type RouterInputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon } from '../../live/use-live.ts'
import { useWishKey } from '../tenants/lifecycle/use-wish-key.ts'
import { clustersKey } from './use-clusters.ts'

type Wish = Omit<RouterInputs['clusters']['drain'], 'idempotencyKey'>

/** Cordons a cluster and moves its tenants away, as a bulk operation. */
export function useDrainCluster() {
  const key = useWishKey()
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.clusters.drain.useMutation({
    onSuccess: () => key.renew(),
    onSettled: () => invalidateSoon(clustersKey),
  })
  const drain = (wish: Wish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { drain, isPending, error }
}
