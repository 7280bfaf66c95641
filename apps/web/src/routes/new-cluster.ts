import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from './signed-in.ts'

export const newClusterRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clusters/new',
  component: lazyRouteComponent(
    () => import('../features/clusters/add/add-cluster-page.tsx'),
    'AddClusterPage',
  ),
})
