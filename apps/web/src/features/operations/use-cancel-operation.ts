import { getQueryKey } from '@trpc/react-query'
import { trpc } from '../../api/trpc.ts'
import { useInvalidateSoon } from '../../live/use-live.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'

/** Stops an operation that no worker has begun. */
export function useCancelOperation() {
  const invalidateSoon = useInvalidateSoon()
  return trpc.operations.cancel.useMutation({
    onSuccess: () => {
      toastDone('Operation cancelled')
      invalidateSoon(getQueryKey(trpc.operations))
    },
    onError: (error) => toastFailed('Not cancelled', error),
  })
}
