import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, searchState } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

export const tenantTabs = ['overview', 'operations', 'usage', 'quotas', 'audit'] as const

export const tenantRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tenants/$slug',
  ...searchState({ tab: oneOf(tenantTabs, 'overview') }),
  component: lazyRouteComponent(() => import('../features/tenants/detail/tenant-page.tsx'), 'TenantPage'),
})
