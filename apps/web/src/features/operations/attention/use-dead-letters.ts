import { getQueryKey } from '@trpc/react-query'
import { type RouterOutputs, trpc } from '../../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../../live/use-live.ts'

export type DeadLetters = RouterOutputs['operations']['deadLetters']
export type DeadLetterGroup = DeadLetters['groups'][number]
export type DeadLetter = DeadLetterGroup['operations'][number]

const key = getQueryKey(trpc.operations.deadLetters)

/** What failed and nobody has done anything about, grouped by cause; changes by itself. */
export function useDeadLetters() {
  const query = trpc.operations.deadLetters.useQuery()
  const invalidateSoon = useInvalidateSoon()
  useTopic('operations', { onEvent: () => invalidateSoon(key, 800), queries: [key] })
  return query
}
