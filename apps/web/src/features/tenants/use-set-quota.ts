import { trpc } from '../../api/trpc.ts'
import { toastFailed } from '../../ui/toast.tsx'

/** Sets a tenant's own limit, or takes it away with `null`; what is not accepted is taken back. */
export function useSetQuota(slug: string) {
  const utils = trpc.useUtils()
  return trpc.quotas.set.useMutation({
    onSuccess: () => utils.tenants.get.invalidate({ slug }),
    onError: (error) => toastFailed('Limit not saved, the old stays', error),
  })
}
