import { useIdempotencyKey } from '../../api/idempotency.ts'
import { trpc } from '../../api/trpc.ts'
import { useInvalidateSoon } from '../../live/use-live.ts'
import { tenantListKey } from './use-tenants.ts'

/** Gives up a tenant whose provisioning failed; answers with the operation that sweeps its cluster. */
export function useDiscardTenant() {
  const key = useIdempotencyKey()
  const invalidateSoon = useInvalidateSoon()
  const mutation = trpc.tenants.discard.useMutation({
    onSuccess: () => {
      key.renew()
      invalidateSoon(tenantListKey)
    },
  })
  return {
    isPending: mutation.isPending,
    error: mutation.error,
    reset: mutation.reset,
    discard: (tenantId: string) => mutation.mutateAsync({ tenantId, idempotencyKey: key.current() }),
  }
}
