import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, searchState, text } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

export const logLevels = ['all', 'info', 'warn', 'error'] as const

export const operationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/operations/$id',
  ...searchState({
    level: oneOf(logLevels, 'all'),
    find: text(),
  }),
  component: lazyRouteComponent(
    () => import('../features/operations/detail/operation-page.tsx'),
    'OperationPage',
  ),
})
