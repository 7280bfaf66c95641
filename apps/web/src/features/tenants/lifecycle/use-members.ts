import { trpc } from '../../../api/trpc.ts'

/** Everybody who could own a tenant. */
export function useMembers() {
  return trpc.members.list.useQuery(undefined, { staleTime: 30_000 })
}
