import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchState, text } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

export const adoptTenantRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tenants/adopt',
  ...searchState({
    /** The cluster's name. */
    cluster: text(),
    /** The schema to adopt; none: the list of those that can be. */
    schema: text(),
  }),
  component: lazyRouteComponent(() => import('../features/tenants/adopt/adopt-page.tsx'), 'AdoptPage'),
})
