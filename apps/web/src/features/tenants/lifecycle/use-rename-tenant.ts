import { type RouterInputs, trpc } from '../../../api/trpc.ts'
import { useAfterRequest } from './use-after-request.ts'
import { useWishKey } from './use-wish-key.ts'

type Wish = Omit<RouterInputs['tenants']['rename'], 'idempotencyKey'>

/** Gives a tenant another slug and its schema another name. */
export function useRenameTenant() {
  const key = useWishKey()
  const afterRequest = useAfterRequest()
  const { mutateAsync, isPending, error } = trpc.tenants.rename.useMutation({
    onSuccess: () => {
      key.renew()
      afterRequest()
    },
  })
  const rename = (wish: Wish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { rename, isPending, error }
}
