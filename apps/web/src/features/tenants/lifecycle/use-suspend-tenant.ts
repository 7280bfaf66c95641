import { type RouterInputs, trpc } from '../../../api/trpc.ts'
import { useAfterRequest } from './use-after-request.ts'
import { useWishKey } from './use-wish-key.ts'

type Wish = Omit<RouterInputs['tenants']['suspend'], 'idempotencyKey'>

/** Closes a tenant to its product. */
export function useSuspendTenant() {
  const key = useWishKey()
  const afterRequest = useAfterRequest()
  const { mutateAsync, isPending, error } = trpc.tenants.suspend.useMutation({
    onSuccess: () => {
      key.renew()
      afterRequest()
    },
  })
  const suspend = (wish: Wish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { suspend, isPending, error }
}
