import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { isPassing, isSignedOut } from './fault.ts'

const onSignedOut = new Set<() => void>()

/** Calls back when any answer says that the session is over. */
export function whenSignedOut(callback: () => void): () => void {
  onSignedOut.add(callback)
  return () => onSignedOut.delete(callback)
}

function tell(error: unknown): void {
  if (isSignedOut(error)) for (const callback of onSignedOut) callback()
}

/**
 * Snapshots live here; live entities in src/live. Socket-fed data is not refetched on focus, and is checked once a minute
 * behind the socket's back.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    // The session's own question is what the callback asks again: telling of it would never end.
    onError: (error, query) => query.meta?.isSession || tell(error),
  }),
  mutationCache: new MutationCache({ onError: tell }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchInterval: 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && isPassing(error),
    },
    // A repeat of a change is the person's decision; the idempotency key makes it safe.
    mutations: { retry: false },
  },
})
