import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from './root.tsx'
import { oneOf, searchState, text } from './search-state.ts'

/** Why somebody is here who was signed in a moment ago. */
export const signInReasons = ['none', 'expired', 'ended', 'left'] as const

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  ...searchState({
    /** Where to go afterwards: a path of this console. */
    next: text('/'),
    why: oneOf(signInReasons, 'none'),
  }),
  component: lazyRouteComponent(() => import('../features/session/sign-in-page.tsx'), 'SignInPage'),
})
