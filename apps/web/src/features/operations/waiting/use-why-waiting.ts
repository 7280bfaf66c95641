import { isFinal, type OperationState } from '@tenantry/contracts'
import { getQueryKey } from '@trpc/react-query'
import { type RouterOutputs, trpc } from '../../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../../live/use-live.ts'

export type Reason = RouterOutputs['operations']['whyWaiting'][number]

/** Why an operation is not moving; asked again when anything moves in the queue, and every few seconds. */
export function useWhyWaiting(id: string, state: OperationState) {
  const isOver = isFinal(state)
  const query = trpc.operations.whyWaiting.useQuery({ id }, { enabled: !isOver, refetchInterval: 5000 })
  const invalidateSoon = useInvalidateSoon()
  const key = getQueryKey(trpc.operations.whyWaiting, { id }, 'query')
  useTopic(isOver ? undefined : 'operations', { onEvent: () => invalidateSoon(key) })
  return isOver ? undefined : query.data
}
