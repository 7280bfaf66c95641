import { getQueryKey } from '@trpc/react-query'
import { type RouterOutputs, trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'

export type Tenant = RouterOutputs['tenants']['get']

const tenantKey = getQueryKey(trpc.tenants.get)
const operationsKey = getQueryKey(trpc.operations.list)
const auditKey = getQueryKey(trpc.audit.list)

/** One tenant by its slug; asked for again when its state or an operation of it changes. */
export function useTenant(slug: string) {
  const query = trpc.tenants.get.useQuery({ slug }, { enabled: slug !== '' })
  const invalidateSoon = useInvalidateSoon()
  const id = query.data?.id
  useTopic(id ? `tenant:${id}` : undefined, {
    queries: [tenantKey, operationsKey],
    onEvent: (event) => {
      invalidateSoon(tenantKey)
      if (event.kind === 'operation.changed') invalidateSoon(operationsKey)
      invalidateSoon(auditKey)
    },
  })
  return query
}
