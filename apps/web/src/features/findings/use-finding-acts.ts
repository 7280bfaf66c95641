import { getQueryKey } from '@trpc/react-query'
import { type RouterInputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon } from '../../live/use-live.ts'
import { toastFailed } from '../../ui/toast.tsx'
import { useAfterRequest } from '../tenants/lifecycle/use-after-request.ts'
import { useWishKey } from '../tenants/lifecycle/use-wish-key.ts'

const findingsKey = getQueryKey(trpc.findings)

/** Has one cluster, or each, compared now. */
export function useCheckFindings() {
  const invalidateSoon = useInvalidateSoon()
  const { mutate, isPending } = trpc.findings.check.useMutation({
    onSuccess: () => invalidateSoon(findingsKey),
    onError: (error) => toastFailed('Not compared', error),
  })
  return { check: (clusterId?: string) => mutate(clusterId ? { clusterId } : {}), isPending }
}

/** Puts a finding aside. */
export function useIgnoreFinding() {
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.findings.ignore.useMutation({
    onSuccess: () => invalidateSoon(findingsKey),
  })
  return { ignore: mutateAsync, isPending, error }
}

/** Takes an ignored finding up again. */
export function useReopenFinding() {
  const invalidateSoon = useInvalidateSoon()
  const { mutate, isPending } = trpc.findings.reopen.useMutation({
    onSuccess: () => invalidateSoon(findingsKey),
    onError: (error) => toastFailed('Not taken up again', error),
  })
  return { reopen: mutate, isPending }
}

export type ResolveWish = Omit<RouterInputs['findings']['resolve'], 'idempotencyKey'>

/** Runs what is proposed. */
export function useResolveFinding() {
  const key = useWishKey()
  const afterRequest = useAfterRequest()
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.findings.resolve.useMutation({
    onSuccess: () => {
      key.renew()
      afterRequest()
      invalidateSoon(findingsKey)
    },
  })
  const resolve = (wish: ResolveWish) => mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { resolve, isPending, error }
}
