import { keepPreviousData } from '@tanstack/react-query'
import type { Labels } from '@tenantry/contracts'
import { trpc } from '../../api/trpc.ts'

/** Where a new tenant with these labels would go now and why; `clusterId` when somebody chose. */
export function usePlacement(clusterId: string | undefined, labels: Labels = {}) {
  const input = {
    ...(clusterId ? { clusterId } : {}),
    ...(Object.keys(labels).length ? { labels } : {}),
  }
  return trpc.tenants.placement.useQuery(input, {
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
}
