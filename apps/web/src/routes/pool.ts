import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from './signed-in.ts'

export const poolRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/pool',
  component: lazyRouteComponent(() => import('../features/pool/pool-page.tsx'), 'PoolPage'),
})
