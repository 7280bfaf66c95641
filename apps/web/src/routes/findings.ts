import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { findingKindNames, findingStates } from '@tenantry/contracts'
import { oneOf, searchState, someOf, text } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

export const findingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/findings',
  ...searchState({
    state: oneOf(findingStates, 'open'),
    kind: someOf(findingKindNames),
    /** A cluster's id. */
    cluster: text(),
    /** The finding that the side panel shows. */
    finding: text(),
  }),
  component: lazyRouteComponent(() => import('../features/findings/findings-page.tsx'), 'FindingsPage'),
})
