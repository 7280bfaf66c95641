import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { type UsageRanking, usageRankings } from '@tenantry/contracts'
import { oneOf, searchState } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

const rankings = Object.keys(usageRankings) as [UsageRanking, ...UsageRanking[]]

export const usageRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/usage',
  ...searchState({ by: oneOf(rankings, 'bytes') }),
  component: lazyRouteComponent(() => import('../features/usage/usage-page.tsx'), 'UsagePage'),
})
