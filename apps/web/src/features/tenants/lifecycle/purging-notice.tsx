import { trpc } from '../../../api/trpc.ts'
import { ButtonLink } from '../../../ui/link.tsx'
import type { Tenant } from '../use-tenant.ts'
import { StateNotice } from './state-notice.tsx'

/** A tenant whose purge has begun: there is no way back, and when it has failed its operation is the way on. */
export function PurgingNotice({ tenant }: { tenant: Tenant }) {
  const list = trpc.operations.list.useQuery({ tenantId: tenant.id, kinds: ['tenant.purge'], limit: 1 })
  const purge = list.data?.items[0]
  return (
    <StateNotice
      label="Purging"
      title="Its purge has begun"
      actions={
        purge && (
          <ButtonLink to="/operations/$id" params={{ id: purge.id }}>
            Open the purge
          </ButtonLink>
        )
      }
    >
      Part of what it held is gone: it can no longer be restored. If the purge has failed, mend the cause and
      retry it; it goes on where it stopped.
    </StateNotice>
  )
}
