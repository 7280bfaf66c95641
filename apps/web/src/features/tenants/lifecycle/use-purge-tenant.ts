import { type RouterInputs, trpc } from '../../../api/trpc.ts'
import { useAfterRequest } from './use-after-request.ts'
import { useWishKey } from './use-wish-key.ts'

type Wish = Omit<RouterInputs['tenants']['purge'], 'idempotencyKey'>

/** Erases an archived tenant for good. */
export function usePurgeTenant() {
  const key = useWishKey()
  const afterRequest = useAfterRequest()
  const { mutateAsync, isPending, error } = trpc.tenants.purge.useMutation({
    onSuccess: () => {
      key.renew()
      afterRequest()
    },
  })
  const purge = (wish: Wish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { purge, isPending, error }
}
