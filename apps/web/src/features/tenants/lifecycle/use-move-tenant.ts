import { type RouterInputs, trpc } from '../../../api/trpc.ts'
import { useAfterRequest } from './use-after-request.ts'
import { useWishKey } from './use-wish-key.ts'

type Wish = Omit<RouterInputs['tenants']['move'], 'idempotencyKey'>

/** Brings a tenant to another cluster. */
export function useMoveTenant() {
  const key = useWishKey()
  const afterRequest = useAfterRequest()
  const { mutateAsync, isPending, error } = trpc.tenants.move.useMutation({
    onSuccess: () => {
      key.renew()
      afterRequest()
    },
  })
  const move = (wish: Wish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { move, isPending, error }
}
