import { type RouterOutputs, trpc } from '../../api/trpc.ts'

export type ChainProof = RouterOutputs['audit']['verify']

/** Recomputes every hash of the log, when it is asked to. */
export function useVerifyAudit() {
  const query = trpc.audit.verify.useQuery(undefined, {
    enabled: false,
    refetchInterval: false,
    gcTime: 0,
    retry: false,
  })
  return {
    proof: query.data,
    error: query.error,
    isVerifying: query.isFetching,
    verify: () => void query.refetch(),
  }
}
