import { getQueryKey } from '@trpc/react-query'
import { type RouterInputs, trpc } from '../../../api/trpc.ts'
import { useInvalidateSoon } from '../../../live/use-live.ts'
import { useWishKey } from '../../tenants/lifecycle/use-wish-key.ts'

type Wish = Omit<RouterInputs['bulks']['start'], 'idempotencyKey'>

/** Asks for the same of many tenants. */
export function useStartBulk() {
  const key = useWishKey()
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.bulks.start.useMutation({
    onSuccess: () => {
      key.renew()
      invalidateSoon(getQueryKey(trpc.bulks))
    },
  })
  const start = (wish: Wish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { start, isPending, error }
}
