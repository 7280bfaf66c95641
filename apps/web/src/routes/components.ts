import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from './root.tsx'

/** Every component in every state; a build for production leaves the page out. */
export const componentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/components',
  ...(import.meta.env.DEV
    ? {
        component: lazyRouteComponent(() => import('../features/gallery/gallery-page.tsx'), 'GalleryPage'),
      }
    : {}),
})
