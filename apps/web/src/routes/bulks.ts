import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { bulkStates } from '@tenantry/contracts'
import { searchState, someOf } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

export const bulksRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/bulks',
  ...searchState({ state: someOf(bulkStates) }),
  component: lazyRouteComponent(() => import('../features/bulk/list/bulks-page.tsx'), 'BulksPage'),
})
