import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { notificationStates } from '@tenantry/contracts'
import { searchState, someOf, text } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

/** Who is on call, week by week. */
export const schedulesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/alerts/schedules',
  ...searchState({
    /** A schedule's id; empty: the first. */
    schedule: text(),
    /** The first day that is shown, such as `2026-11-23`; empty: this week. */
    from: text(),
  }),
  component: lazyRouteComponent(() => import('../features/on-call/schedules-page.tsx'), 'SchedulesPage'),
})

/** Who is told when, and who then. */
export const escalationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/alerts/escalation',
  component: lazyRouteComponent(() => import('../features/on-call/escalation-page.tsx'), 'EscalationPage'),
})

/** How people are reached, and whose alerts come in. */
export const channelsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/alerts/channels',
  ...searchState({
    /** The channel that stands beside the list. */
    channel: text(),
  }),
  component: lazyRouteComponent(() => import('../features/channels/channels-page.tsx'), 'ChannelsPage'),
})

/** Every message, with every attempt. */
export const deliveriesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/alerts/deliveries',
  ...searchState({
    state: someOf(notificationStates),
    /** A channel's id. */
    channel: text(),
    /** The message that stands beside the list. */
    message: text(),
  }),
  component: lazyRouteComponent(() => import('../features/channels/deliveries-page.tsx'), 'DeliveriesPage'),
})
