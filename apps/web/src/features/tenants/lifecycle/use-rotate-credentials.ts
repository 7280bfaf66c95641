import { type RouterInputs, type RouterOutputs, trpc } from '../../../api/trpc.ts'
import { useAfterRequest } from './use-after-request.ts'
import { useWishKey } from './use-wish-key.ts'

export type IssuedCredentials = RouterOutputs['tenants']['rotate']
type Wish = Omit<RouterInputs['tenants']['rotate'], 'idempotencyKey'>

/** Issues new credentials; the answer holds the password, this once. */
export function useRotateCredentials() {
  const key = useWishKey()
  const afterRequest = useAfterRequest()
  const { mutateAsync, isPending, error } = trpc.tenants.rotate.useMutation({
    // The password is for the dialog alone: nothing keeps it once that is closed.
    gcTime: 0,
    onSuccess: () => {
      key.renew()
      afterRequest()
    },
  })
  const rotate = (wish: Wish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { rotate, isPending, error }
}
