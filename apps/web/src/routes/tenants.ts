import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { tenantStates } from '@tenantry/contracts'
import { oneOf, searchState, someOf, text } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

export const tenantSorts = ['slug', '-slug', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const

export const tenantsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tenants',
  ...searchState({
    q: text(),
    state: someOf(tenantStates),
    /** `plan:enterprise,region:eu`. */
    label: text(),
    /** A cluster's id. */
    cluster: text(),
    sort: oneOf(tenantSorts, 'slug'),
    /** The slug that the side panel shows. */
    peek: text(),
  }),
  component: lazyRouteComponent(() => import('../features/tenants/list/tenants-page.tsx'), 'TenantsPage'),
})
