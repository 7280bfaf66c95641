import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Structural changes (something came, went or changed its class) refetch their queries at most once in `waitMs`, however
 * many events say so: the first event starts the clock, later ones ride along. Sums may wait longer.
 */
export function createInvalidation(client: Pick<QueryClient, 'invalidateQueries'>, waitMs = 400) {
  const pending = new Map<string, ReturnType<typeof setTimeout>>()
  return {
    soon(queryKey: QueryKey, wait = waitMs): void {
      const name = JSON.stringify(queryKey)
      if (pending.has(name)) return
      pending.set(
        name,
        setTimeout(() => {
          pending.delete(name)
          void client.invalidateQueries({ queryKey })
        }, wait),
      )
    },
    cancel(): void {
      for (const timer of pending.values()) clearTimeout(timer)
      pending.clear()
    },
  }
}
