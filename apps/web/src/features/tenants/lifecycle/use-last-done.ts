import type { OperationKind } from '@tenantry/contracts'
import { type RouterOutputs, trpc } from '../../../api/trpc.ts'

interface LastDone {
  readonly operation: RouterOutputs['operations']['get']
  /** How often such an operation has succeeded. */
  readonly times: number
}

/** The last operation of a kind that succeeded on a tenant, with what was asked; null when there was none. */
export function useLastDone(tenantId: string, kind: OperationKind): LastDone | null | undefined {
  const list = trpc.operations.list.useQuery({ tenantId, kinds: [kind], states: ['succeeded'], limit: 1 })
  const id = list.data?.items[0]?.id
  const detail = trpc.operations.get.useQuery({ id: id ?? '' }, { enabled: id !== undefined })
  if (!list.data) return undefined
  if (id === undefined) return null
  return detail.data && { operation: detail.data, times: list.data.total ?? 1 }
}
