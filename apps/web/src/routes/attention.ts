import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from './signed-in.ts'

export const attentionRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/operations/attention',
  component: lazyRouteComponent(
    () => import('../features/operations/attention/attention-page.tsx'),
    'AttentionPage',
  ),
})
