import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, searchState } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

/** How far back the charts look. */
export const chartRanges = ['15m', '1h', '6h', '24h'] as const

export const overviewRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  ...searchState({ range: oneOf(chartRanges, '15m') }),
  component: lazyRouteComponent(() => import('../features/fleet/overview-page.tsx'), 'OverviewPage'),
})
