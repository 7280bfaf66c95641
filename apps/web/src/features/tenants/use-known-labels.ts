import { trpc } from '../../api/trpc.ts'

/** The labels in use, most used values first: for filters and completion. */
export function useKnownLabels() {
  return trpc.tenants.labels.useQuery(undefined, { staleTime: 30_000 })
}
