import { useQuery } from '@tanstack/react-query'
import { type RouterInputs, type RouterOutputs, trpc } from '../../../api/trpc.ts'

export type BulkPreview = RouterOutputs['bulks']['preview']

/** What it would do to whom; asked each time a dialog opens, never kept. */
export function useBulkPreview(wanted: RouterInputs['bulks']['preview']) {
  const { client } = trpc.useUtils()
  return useQuery({
    queryKey: ['bulk-preview', wanted],
    queryFn: () => client.bulks.preview.mutate(wanted),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false,
  })
}
