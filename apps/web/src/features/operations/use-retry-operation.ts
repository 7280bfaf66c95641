import type { OnFailure } from '@tenantry/contracts'
import { getQueryKey } from '@trpc/react-query'
import { useIdempotencyKey } from '../../api/idempotency.ts'
import { trpc } from '../../api/trpc.ts'
import { useInvalidateSoon } from '../../live/use-live.ts'
import { toastFailed } from '../../ui/toast.tsx'

/** Does a failed or cancelled operation again; answers with the new one. */
export function useRetryOperation() {
  const key = useIdempotencyKey()
  const invalidateSoon = useInvalidateSoon()
  const mutation = trpc.operations.retry.useMutation({
    onSuccess: () => {
      key.renew()
      invalidateSoon(getQueryKey(trpc.operations))
      invalidateSoon(getQueryKey(trpc.tenants))
    },
    onError: (error) => toastFailed('Not retried', error),
  })
  return {
    isPending: mutation.isPending,
    retry: (operationId: string, onFailure?: OnFailure) =>
      mutation.mutateAsync({ operationId, idempotencyKey: key.current(), onFailure }),
  }
}
