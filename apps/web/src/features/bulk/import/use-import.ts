import { useQuery } from '@tanstack/react-query'
import type { ImportRow } from '@tenantry/contracts'
import { getQueryKey } from '@trpc/react-query'
import { type RouterInputs, type RouterOutputs, trpc } from '../../../api/trpc.ts'
import { useInvalidateSoon } from '../../../live/use-live.ts'
import { useWishKey } from '../../tenants/lifecycle/use-wish-key.ts'

export type ImportCheck = RouterOutputs['bulks']['check']

/** What the registry says of each row. @param version tells one set of rows from another: they are too long for a key */
export function useImportCheck(rows: readonly ImportRow[], template: string, version: number) {
  const { client } = trpc.useUtils()
  return useQuery({
    queryKey: ['import-check', version, template],
    queryFn: () => client.bulks.check.mutate({ rows: [...rows], template }),
    enabled: rows.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false,
    gcTime: 0,
  })
}

/** Asks for the good rows to be provisioned. */
export function useImportTenants() {
  const key = useWishKey()
  const invalidateSoon = useInvalidateSoon()
  const { mutateAsync, isPending, error } = trpc.bulks.import.useMutation({
    onSuccess: () => {
      key.renew()
      invalidateSoon(getQueryKey(trpc.bulks))
    },
  })
  const importRows = (wish: Omit<RouterInputs['bulks']['import'], 'idempotencyKey'>) =>
    mutateAsync({ ...wish, idempotencyKey: key.keyOf(wish) })
  return { importRows, isPending, error }
}
