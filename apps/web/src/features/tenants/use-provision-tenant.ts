import { useRef } from 'react'
import { useIdempotencyKey } from '../../api/idempotency.ts'
import { type RouterInputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon } from '../../live/use-live.ts'
import { tenantListKey } from './use-tenants.ts'

export type ProvisionWish = Omit<RouterInputs['tenants']['provision'], 'idempotencyKey'>

/** Asks for a tenant. The same wish sent twice is one operation; another wish is another. */
export function useProvisionTenant() {
  const key = useIdempotencyKey()
  const last = useRef('')
  const invalidateSoon = useInvalidateSoon()
  const mutation = trpc.tenants.provision.useMutation({
    onSuccess: () => {
      key.renew()
      invalidateSoon(tenantListKey)
    },
  })
  return {
    isPending: mutation.isPending,
    provision: (wish: ProvisionWish) => {
      const text = JSON.stringify(wish)
      if (text !== last.current) key.renew()
      last.current = text
      return mutation.mutateAsync({ ...wish, idempotencyKey: key.current() })
    },
  }
}
