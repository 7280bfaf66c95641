import { type RouterInputs, trpc } from '../../../api/trpc.ts'
import { useAfterRequest } from './use-after-request.ts'
import { useWishKey } from './use-wish-key.ts'

type Wish = Omit<RouterInputs['tenants']['restore'], 'idempotencyKey'>

/** Brings an archived tenant back. */
export function useRestoreTenant() {
  const key = useWishKey()
  const afterRequest = useAfterRequest()
  const { mutateAsync, isPending, error } = trpc.tenants.restore.useMutation({
    onSuccess: () => {
      key.renew()
      afterRequest()
    },
  })
  const restore = (wish: Wish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { restore, isPending, error }
}
