import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from './signed-in.ts'

export const quotasRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/quotas',
  component: lazyRouteComponent(() => import('../features/quotas/quotas-page.tsx'), 'QuotasPage'),
})
