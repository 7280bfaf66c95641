import { keepPreviousData } from '@tanstack/react-query'
import { trpc } from '../../api/trpc.ts'

/** Where a new tenant would go now and why; `clusterId` when somebody chose. */
export function usePlacement(clusterId: string | undefined) {
  return trpc.tenants.placement.useQuery(clusterId ? { clusterId } : {}, {
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
}
