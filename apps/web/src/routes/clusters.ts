import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, searchState } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

export const clustersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clusters',
  ...searchState({ tab: oneOf(['clusters', 'placement'], 'clusters') }),
  component: lazyRouteComponent(() => import('../features/clusters/list/clusters-page.tsx'), 'ClustersPage'),
})
