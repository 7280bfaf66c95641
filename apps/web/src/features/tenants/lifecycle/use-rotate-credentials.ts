import { type RouterInputs, trpc } from '../../../api/trpc.ts'
import { useAfterRequest } from './use-after-request.ts'
import { useWishKey } from './use-wish-key.ts'

type Wish = Omit<RouterInputs['tenants']['rotate'], 'idempotencyKey'>

/** Issues new credentials; the answer holds the password, this once. */
export function useRotateCredentials() {
  const key = useWishKey()
  const afterRequest = useAfterRequest()
  const { mutateAsync, isPending, error } = trpc.tenants.rotate.useMutation({
    onSuccess: () => {
      key.renew()
      afterRequest()
    },
  })
  const rotate = (wish: Wish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { rotate, isPending, error }
}
