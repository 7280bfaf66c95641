import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { auditActions, auditOutcomes } from '@tenantry/contracts'
import { oneOf, searchState, someOf, text } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

/** How far back the log is looked at. */
export const auditRanges = ['all', '1h', '24h', '7d', '30d'] as const

export const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/audit',
  ...searchState({
    q: text(),
    /** Ids: of who acted, of what it was done to, of the operation and of the request. */
    actor: text(),
    target: text(),
    operation: text(),
    request: text(),
    action: someOf(auditActions),
    outcome: someOf(auditOutcomes),
    range: oneOf(auditRanges, 'all'),
    /** `<chain>/<seq>`: the entry that the side panel shows. */
    entry: text(),
  }),
  component: lazyRouteComponent(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
})
