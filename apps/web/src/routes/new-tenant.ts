import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchState, text } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

export const newTenantRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tenants/new',
  ...searchState({
    /** A slug to begin with. */
    slug: text(),
  }),
  component: lazyRouteComponent(
    () => import('../features/tenants/create/new-tenant-page.tsx'),
    'NewTenantPage',
  ),
})
