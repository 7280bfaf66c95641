import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchState, text } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

/** A rule in its editor; `new` for one that is not there yet. */
export const alertRuleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/alerts/rules/$id',
  ...searchState({
    /** The rule that a new one begins as a copy of. */
    from: text(),
  }),
  component: lazyRouteComponent(() => import('../features/alerts/rules/rule-page.tsx'), 'RulePage'),
})
