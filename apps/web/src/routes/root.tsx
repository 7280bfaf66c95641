import { Tooltip } from '@base-ui/react/tooltip'
import { createRootRoute, Outlet } from '@tanstack/react-router'
import { PageTitle } from '../shell/page-title.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { ButtonLink } from '../ui/link.tsx'
import { Toaster } from '../ui/toast.tsx'

function Root() {
  return (
    <Tooltip.Provider delay={350} closeDelay={0}>
      <Outlet />
      <Toaster />
    </Tooltip.Provider>
  )
}

/** A path that no page has: outside the frame, since no layout matches it. */
export function NotFound() {
  return (
    <main className="m-5 max-w-160">
      <PageTitle title="No page here" />
      <h1 className="text-20 font-semibold tracking-[-0.02em]">There is no page here</h1>
      <p className="mt-1 mb-3 text-ink-2">
        The address may be mistyped, or what it showed was discarded. The audit log keeps every name.
      </p>
      <ButtonLink to="/">Go to the overview</ButtonLink>
    </main>
  )
}

export const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => (
    <ErrorPanel title="This page did not load" error={error} onRetry={reset} />
  ),
})
