import { type RouterInputs, trpc } from '../../../api/trpc.ts'
import { useAfterRequest } from '../lifecycle/use-after-request.ts'
import { useWishKey } from '../lifecycle/use-wish-key.ts'

export type AdoptWish = Omit<RouterInputs['tenants']['adopt'], 'idempotencyKey'>

/** Asks for a schema to be adopted. The same wish sent twice is one operation. */
export function useAdoptTenant() {
  const key = useWishKey()
  const afterRequest = useAfterRequest()
  const { mutateAsync, isPending, error, reset } = trpc.tenants.adopt.useMutation({
    onSuccess: () => {
      key.renew()
      afterRequest()
    },
  })
  const adopt = (wish: AdoptWish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { adopt, isPending, error, reset }
}
