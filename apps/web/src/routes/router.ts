import { createRouter } from '@tanstack/react-router'
import { adoptTenantRoute } from './adopt-tenant.ts'
import { alertRoute } from './alert.ts'
import { alertRuleRoute } from './alert-rule.ts'
import { alertsRoute } from './alerts.ts'
import { attentionRoute } from './attention.ts'
import { auditRoute } from './audit.ts'
import { bulkRoute } from './bulk.ts'
import { bulksRoute } from './bulks.ts'
import { clusterRoute } from './cluster.ts'
import { clustersRoute } from './clusters.ts'
import { componentsRoute } from './components.ts'
import { findingsRoute } from './findings.ts'
import { importTenantsRoute } from './import-tenants.ts'
import { newClusterRoute } from './new-cluster.ts'
import { newTenantRoute } from './new-tenant.ts'
import { channelsRoute, deliveriesRoute, escalationRoute, schedulesRoute } from './on-call.ts'
import { operationRoute } from './operation.ts'
import { operationsRoute } from './operations.ts'
import { overviewRoute } from './overview.ts'
import { poolRoute } from './pool.ts'
import { quotasRoute } from './quotas.ts'
import { NotFound, rootRoute } from './root.tsx'
import { runbookRoute } from './runbook.ts'
import { parseSearch, stringifySearch } from './search-state.ts'
import { signInRoute } from './sign-in.ts'
import { signedInRoute } from './signed-in.ts'
import { tenantRoute } from './tenant.ts'
import { tenantsRoute } from './tenants.ts'
import { usageRoute } from './usage.ts'

const signedIn = signedInRoute.addChildren([
  overviewRoute,
  tenantsRoute,
  newTenantRoute,
  adoptTenantRoute,
  importTenantsRoute,
  tenantRoute,
  operationsRoute,
  attentionRoute,
  operationRoute,
  findingsRoute,
  poolRoute,
  quotasRoute,
  bulksRoute,
  bulkRoute,
  clustersRoute,
  newClusterRoute,
  clusterRoute,
  schedulesRoute,
  escalationRoute,
  channelsRoute,
  deliveriesRoute,
  alertsRoute,
  alertRoute,
  alertRuleRoute,
  runbookRoute,
  usageRoute,
  auditRoute,
])

/** All pages. The gallery of components is in development builds only. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signedIn,
    signInRoute,
    ...(import.meta.env.DEV ? [componentsRoute] : []),
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
