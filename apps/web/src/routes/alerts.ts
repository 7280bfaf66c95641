import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { severities } from '@tenantry/contracts'
import { oneOf, searchState, someOf, text } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

/** The tabs of the page; what each shows is in `features/alerts/alert-tabs.tsx`. */
export const alertTabs = ['firing', 'rules', 'silences'] as const
export type AlertTab = (typeof alertTabs)[number]

export const alertsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/alerts',
  ...searchState({
    tab: oneOf(alertTabs, 'firing'),
    /** Part of a title. */
    q: text(),
    severity: someOf(severities),
    /** A cluster's id. */
    cluster: text(),
    /** The incident that stands beside the list. */
    incident: text(),
  }),
  component: lazyRouteComponent(() => import('../features/alerts/alerts-page.tsx'), 'AlertsPage'),
})
