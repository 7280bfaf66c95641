import { keepPreviousData } from '@tanstack/react-query'
import { type RouterOutputs, trpc } from '../../api/trpc.ts'

export type Placement = RouterOutputs['tenants']['placement']

/** Where a new tenant would go now and why; `clusterId` when somebody chose. */
export function usePlacement(clusterId: string | undefined) {
  return trpc.tenants.placement.useQuery(clusterId ? { clusterId } : {}, {
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
}
