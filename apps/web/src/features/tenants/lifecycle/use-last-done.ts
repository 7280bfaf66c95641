import type { OperationKind } from '@tenantry/contracts'
import { trpc } from '../../../api/trpc.ts'

/** The last operation of a kind that succeeded on a tenant, with what was asked; null when there was none. */
export function useLastDone(tenantId: string, kind: OperationKind) {
  const list = trpc.operations.list.useQuery({ tenantId, kinds: [kind], states: ['succeeded'], limit: 1 })
  const id = list.data?.items[0]?.id
  const detail = trpc.operations.get.useQuery({ id: id ?? '' }, { enabled: id !== undefined })
  if (!list.data) return undefined
  return id === undefined ? null : detail.data
}
