import { getQueryKey } from '@trpc/react-query'
import { type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'

export type TemplatePool = RouterOutputs['pool']['list'][number]
export type PoolRow = TemplatePool['clusters'][number]

const poolKey = getQueryKey(trpc.pool.list)

/** The warm pool, fetched again soon after a spare, a size or a template changed. */
export function usePool() {
  const invalidateSoon = useInvalidateSoon()
  useTopic('templates', { queries: [poolKey], onEvent: () => invalidateSoon(poolKey) })
  return trpc.pool.list.useQuery(undefined, { refetchInterval: 15_000 })
}

/** What the pool holds of a template on a cluster; undefined where none is kept, or while it is not known. */
export function usePoolOf(templateId: string, clusterId: string | undefined): PoolRow | undefined {
  const pool = usePool().data?.find((one) => one.templateId === templateId)
  const row = pool?.clusters.find((one) => one.clusterId === clusterId)
  return row && row.wanted > 0 ? row : undefined
}
