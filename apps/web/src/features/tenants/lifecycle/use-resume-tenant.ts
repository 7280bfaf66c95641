import { type RouterInputs, trpc } from '../../../api/trpc.ts'
import { useAfterRequest } from './use-after-request.ts'
import { useWishKey } from './use-wish-key.ts'

type Wish = Omit<RouterInputs['tenants']['resume'], 'idempotencyKey'>

/** Opens a suspended tenant again. */
export function useResumeTenant() {
  const key = useWishKey()
  const afterRequest = useAfterRequest()
  const { mutateAsync, isPending, error } = trpc.tenants.resume.useMutation({
    onSuccess: () => {
      key.renew()
      afterRequest()
    },
  })
  const resume = (wish: Wish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { resume, isPending, error }
}
