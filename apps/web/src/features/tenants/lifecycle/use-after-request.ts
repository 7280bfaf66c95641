import { getQueryKey } from '@trpc/react-query'
import { trpc } from '../../../api/trpc.ts'
import { useInvalidateSoon } from '../../../live/use-live.ts'

const keys = [
  getQueryKey(trpc.tenants.get),
  getQueryKey(trpc.tenants.list),
  getQueryKey(trpc.operations.list),
]

/** Asks again soon for what a request has changed; the socket may say it sooner. */
export function useAfterRequest(): () => void {
  const invalidateSoon = useInvalidateSoon()
  return () => {
    for (const key of keys) invalidateSoon(key)
  }
}
