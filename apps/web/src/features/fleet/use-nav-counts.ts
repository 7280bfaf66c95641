import type { OperationState } from '@tenantry/contracts'
import { getQueryKey } from '@trpc/react-query'
import { createElement, useMemo } from 'react'
import { trpc } from '../../api/trpc.ts'
import { useInvalidateSoon, useTopic } from '../../live/use-live.ts'
import type { NavCounts } from '../../shell/nav.tsx'
import { formatCount } from '../../ui/number-format.ts'
import { totalOf } from '../alerts/shell/firing-words.ts'
import { NavBadge } from '../alerts/shell/nav-badge.tsx'
import type { FiringCounts } from '../alerts/use-alerts.ts'

const open: OperationState[] = ['queued', 'running', 'waiting', 'undoing']
const all = { limit: 1 }
const unfinished = { limit: 1, states: open }
const openFindings = { limit: 1, states: ['open' as const] }
const tenantsKey = getQueryKey(trpc.tenants.list, all, 'query')
const operationsKey = getQueryKey(trpc.operations.list, unfinished, 'query')
const findingsKey = getQueryKey(trpc.findings.list, openFindings, 'query')

/** Sums may be this late, ms. */
const late = 1500

/** Tenants that there are, operations that are not at their end, differences that nobody has settled, what fires. */
export function useNavCounts(firing: FiringCounts | undefined): NavCounts {
  const invalidateSoon = useInvalidateSoon()
  const tenants = trpc.tenants.list.useQuery(all).data?.total
  const operations = trpc.operations.list.useQuery(unfinished).data?.total
  const findings = trpc.findings.list.useQuery(openFindings).data?.total
  useTopic('findings', { onEvent: () => invalidateSoon(findingsKey, late) })
  useTopic('tenants', { onEvent: () => invalidateSoon(tenantsKey, late) })
  useTopic('operations', { onEvent: () => invalidateSoon(operationsKey, late) })
  return useMemo(
    () => ({
      ...(tenants === undefined ? {} : { '/tenants': formatCount(tenants) }),
      ...(operations ? { '/operations': formatCount(operations) } : {}),
      ...(findings ? { '/findings': formatCount(findings) } : {}),
      ...(firing && totalOf(firing) > 0 ? { '/alerts': createElement(NavBadge, { counts: firing }) } : {}),
    }),
    [tenants, operations, findings, firing],
  )
}
