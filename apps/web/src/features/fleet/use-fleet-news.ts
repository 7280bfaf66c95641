import { getQueryKey } from '@trpc/react-query'
import { type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'

export type Attention = RouterOutputs['fleet']['attention'][number]
export type RecentEvent = RouterOutputs['fleet']['recentEvents'][number]

const attentionKey = getQueryKey(trpc.fleet.attention)
const recentKey = getQueryKey(trpc.fleet.recentEvents)

/** What wants a person, worst first. */
export function useAttention() {
  return trpc.fleet.attention.useQuery()
}

/** The latest changes, newest first. */
export function useRecentEvents(limit: number) {
  return trpc.fleet.recentEvents.useQuery({ limit }, { placeholderData: (before) => before })
}

/** Asks for both again soon after something began, ended or changed. */
export function useFleetNewsRefresh(): void {
  const invalidateSoon = useInvalidateSoon()
  const refresh = () => {
    invalidateSoon(attentionKey)
    invalidateSoon(recentKey)
  }
  useTopic('operations', { onEvent: refresh })
  useTopic('tenants', { onEvent: refresh })
  useTopic('clusters', { onEvent: refresh })
  useTopic('alerts', { onEvent: ({ kind }) => kind === 'incident.changed' && refresh() })
  useTopic('findings', { onEvent: ({ kind }) => kind === 'finding.changed' && refresh() })
}
