import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lanes, operationKinds, operationStates } from '@tenantry/contracts'
import { searchState, someOf, text } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

export const operationsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/operations',
  ...searchState({
    /** Part of a tenant's slug, or an operation's id. */
    q: text(),
    state: someOf(operationStates),
    kind: someOf(operationKinds),
    lane: someOf(lanes),
  }),
  component: lazyRouteComponent(
    () => import('../features/operations/list/operations-page.tsx'),
    'OperationsPage',
  ),
})
