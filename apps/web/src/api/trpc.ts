import type { AppRouter } from '@tenantry/api/router'
import { httpBatchLink } from '@trpc/client'
import { createTRPCReact } from '@trpc/react-query'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { seen } from '../live/seen.ts'

/** Every procedure as a hook. Features wrap them: a screen imports `useTenants`, never this. */
export const trpc = createTRPCReact<AppRouter>()

export type RouterInputs = inferRouterInputs<AppRouter>
export type RouterOutputs = inferRouterOutputs<AppRouter>

/** The header keeps other sites out: a form or an image cannot send it. The server caps a batch at ten calls. */
export const trpcClient = trpc.createClient({
  links: [
    httpBatchLink({
      url: '/trpc',
      maxItems: 10,
      headers: () => ({ 'x-tenantry': '1', 'x-tenantry-seen': String(seen()) }),
      fetch: (url, options) => fetch(url, { ...(options as RequestInit), credentials: 'same-origin' }),
    }),
  ],
})
