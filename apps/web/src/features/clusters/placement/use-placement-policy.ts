import { keepPreviousData } from '@tanstack/react-query'
import type { Labels, PlacementPolicy } from '@tenantry/contracts'
import { getQueryKey } from '@trpc/react-query'
import { type RouterOutputs, trpc } from '../../../api/trpc.ts'
import { useInvalidateSoon } from '../../../live/use-live.ts'
import { toastDone } from '../../../ui/toast.tsx'

export type PlacementView = RouterOutputs['placement']['get']

const placementKey = getQueryKey(trpc.placement)

/** How the clusters of new tenants are chosen. */
export function usePlacementPolicy() {
  return trpc.placement.get.useQuery()
}

/** Where a tenant with these labels would go under a policy that is not in force yet. */
export function usePlacementTrial(policy: PlacementPolicy | undefined, labels: Labels) {
  return trpc.placement.preview.useQuery(
    { policy: policy ?? { strategy: 'least_full' }, labels },
    { enabled: policy !== undefined, placeholderData: keepPreviousData },
  )
}

/** Puts a policy in force. */
export function useSetPlacement() {
  const utils = trpc.useUtils()
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error, reset } = trpc.placement.set.useMutation({
    onSuccess: (saved) => {
      utils.placement.get.setData(undefined, saved)
      invalidateSoon(placementKey)
      invalidateSoon(getQueryKey(trpc.tenants.placement))
      toastDone('Placement policy saved; it holds for tenants from now on')
    },
  })
  return { set: mutateAsync, isPending, error, reset }
}
