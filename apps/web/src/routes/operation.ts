import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, searchState, text } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

export const logLevels = ['all', 'info', 'warn', 'error'] as const

/** What is shown of the steps: when they ran, or what they have had of the clusters. */
export const stepViews = ['time', 'cost'] as const

export const operationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/operations/$id',
  ...searchState({
    level: oneOf(logLevels, 'all'),
    find: text(),
    view: oneOf(stepViews, 'time'),
  }),
  component: lazyRouteComponent(
    () => import('../features/operations/detail/operation-page.tsx'),
    'OperationPage',
  ),
})
