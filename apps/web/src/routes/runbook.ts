import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from './signed-in.ts'

/** What to do about an alert: the pages of docs/alerts. */
export const runbookRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/docs/alerts/$key',
  component: lazyRouteComponent(() => import('../features/alerts/runbook/runbook-page.tsx'), 'RunbookPage'),
})
