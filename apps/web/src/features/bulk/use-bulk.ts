import { getQueryKey } from '@trpc/react-query'
import { type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'

export type Bulk = RouterOutputs['bulks']['get']

/** One bulk operation; its counts and failures are asked again while its children move. */
export function useBulk(id: string) {
  const query = trpc.bulks.get.useQuery({ id })
  const invalidateSoon = useInvalidateSoon()
  const key = getQueryKey(trpc.bulks.get, { id }, 'query')
  const items = getQueryKey(trpc.bulks.items)
  useTopic(query.data ? `bulk:${id}` : undefined, {
    queries: [key, items],
    onEvent: (event) => {
      invalidateSoon(key, event.kind === 'bulk.changed' ? undefined : 800)
      invalidateSoon(items, 2000)
    },
  })
  return query
}
