import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchState, text } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

/** One incident: where every message links to. */
export const alertRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/alerts/$id',
  ...searchState({
    /** A moment: the chart shows what it looked like then. */
    at: text(),
  }),
  component: lazyRouteComponent(
    () => import('../features/alerts/incident/incident-page.tsx'),
    'IncidentPage',
  ),
})
