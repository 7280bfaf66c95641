import { getQueryKey } from '@trpc/react-query'
import { trpc } from '../../../api/trpc.ts'
import { useInvalidateSoon } from '../../../live/use-live.ts'

/** Sets and removes labels of many tenants, all at once. */
export function useLabelTenants() {
  const invalidateSoon = useInvalidateSoon()
  return trpc.bulks.label.useMutation({
    onSuccess: () => invalidateSoon(getQueryKey(trpc.tenants)),
  })
}
