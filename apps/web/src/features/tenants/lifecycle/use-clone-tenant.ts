import { type RouterInputs, trpc } from '../../../api/trpc.ts'
import { useAfterRequest } from './use-after-request.ts'
import { useWishKey } from './use-wish-key.ts'

type Wish = Omit<RouterInputs['tenants']['clone'], 'idempotencyKey'>

/** Makes another tenant as this one is. */
export function useCloneTenant() {
  const key = useWishKey()
  const afterRequest = useAfterRequest()
  const { mutateAsync, isPending, error } = trpc.tenants.clone.useMutation({
    onSuccess: () => {
      key.renew()
      afterRequest()
    },
  })
  const clone = (wish: Wish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { clone, isPending, error }
}
