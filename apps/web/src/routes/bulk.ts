import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { type BulkOutcome, bulkOutcomes } from '@tenantry/contracts'
import { searchState, someOf, text } from './search-state.ts'
import { signedInRoute } from './signed-in.ts'

export const bulkRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/bulks/$id',
  ...searchState({
    /** The outcomes that the table of items shows. */
    outcome: someOf(Object.keys(bulkOutcomes) as BulkOutcome[]),
    /** The code and the beginning of the group of failures that it shows. */
    group: text(),
  }),
  component: lazyRouteComponent(() => import('../features/bulk/detail/bulk-page.tsx'), 'BulkPage'),
})
