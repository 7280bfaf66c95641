import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from './signed-in.ts'

export const importTenantsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tenants/import',
  component: lazyRouteComponent(() => import('../features/bulk/import/import-page.tsx'), 'ImportPage'),
})
