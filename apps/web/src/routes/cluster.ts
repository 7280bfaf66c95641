import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from './signed-in.ts'

export const clusterRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clusters/$id',
  component: lazyRouteComponent(() => import('../features/clusters/detail/cluster-page.tsx'), 'ClusterPage'),
})
