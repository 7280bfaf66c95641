import { trpc } from '../../../api/trpc.ts'
import { useAfterRequest } from './use-after-request.ts'

/** Gives a tenant to another member, at once: there is no operation. */
export function useTransferTenant() {
  const afterRequest = useAfterRequest()
  const { mutateAsync, isPending, error } = trpc.tenants.transfer.useMutation({ onSuccess: afterRequest })
  return { transfer: mutateAsync, isPending, error }
}
