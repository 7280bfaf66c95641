import { keepPreviousData } from '@tanstack/react-query'
import { getQueryKey } from '@trpc/react-query'
import { type RouterInputs, type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'

export type Plan = RouterOutputs['quotas']['plans'][number]
export type OverRow = RouterOutputs['quotas']['over']['items'][number]
export type Standing = RouterOutputs['quotas']['standing']
export type SimulatedLimit = RouterOutputs['quotas']['simulate'][number]

const overKey = getQueryKey(trpc.quotas.over)
const plansKey = getQueryKey(trpc.quotas.plans)
const standingKey = getQueryKey(trpc.quotas.standing)

/** Who is near a limit or over it; asked again soon after a level changes. */
export function useOver() {
  const invalidateSoon = useInvalidateSoon()
  useTopic('usage', { queries: [overKey], onEvent: () => invalidateSoon(overKey, 1000) })
  return trpc.quotas.over.useQuery(undefined, { refetchInterval: 15_000 })
}

/** Every plan with its limits, the fleet's defaults first. */
export function usePlans() {
  const invalidateSoon = useInvalidateSoon()
  useTopic('tenants', {
    queries: [plansKey],
    onEvent: (event) => event.kind === 'quota.changed' && invalidateSoon(plansKey),
  })
  return trpc.quotas.plans.useQuery(undefined, { refetchInterval: 30_000 })
}

/** How much of its limits a tenant uses, and whether its cluster holds it to them. */
export function useStanding(tenantId: string) {
  const invalidateSoon = useInvalidateSoon()
  useTopic(`tenant:${tenantId}`, {
    queries: [standingKey],
    onEvent: (event) => event.kind === 'quota.changed' && invalidateSoon(standingKey),
  })
  return trpc.quotas.standing.useQuery({ tenantId }, { refetchInterval: 15_000 })
}

/** What limits would do if they were saved; undefined asks nothing. */
export function useSimulation(input: RouterInputs['quotas']['simulate'] | undefined) {
  return trpc.quotas.simulate.useQuery(input ?? { limits: [] }, {
    enabled: input !== undefined,
    placeholderData: keepPreviousData,
  })
}
