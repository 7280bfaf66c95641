import { useQuery } from '@tanstack/react-query'
import { partsOf, type RunbookParts } from './runbook-parts.ts'
import { readRunbook } from './runbooks.ts'

/** A runbook; null when there is none of this name. */
export function useRunbook(key: string) {
  return useQuery<RunbookParts | null>({
    queryKey: ['runbook', key],
    queryFn: async () => {
      const text = await readRunbook(key)
      return text === undefined ? null : partsOf(text, key)
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}
