import { type RouterInputs, trpc } from '../../../api/trpc.ts'
import { useAfterRequest } from './use-after-request.ts'
import { useWishKey } from './use-wish-key.ts'

type Wish = Omit<RouterInputs['tenants']['archive'], 'idempotencyKey'>

/** Puts a tenant away for some days. */
export function useArchiveTenant() {
  const key = useWishKey()
  const afterRequest = useAfterRequest()
  const { mutateAsync, isPending, error } = trpc.tenants.archive.useMutation({
    onSuccess: () => {
      key.renew()
      afterRequest()
    },
  })
  const archive = (wish: Wish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { archive, isPending, error }
}
