import { useMemo, useState } from 'react'
import { usePermissionRefusal } from '../../../shell/viewer.ts'
import { EmptyForbidden, EmptyNothing } from '../../../ui/empty.tsx'
import { AuditList } from '../../audit/audit-list.tsx'
import { useAudit } from '../../audit/use-audit.ts'
import type { Tenant } from '../use-tenant.ts'

/** Everything in the chain of this tenant. */
export function TenantAudit(props: { tenant: Tenant }) {
  const refusal = usePermissionRefusal('audit.read')
  if (refusal) return <EmptyForbidden noun="the audit log" permission="audit.read" />
  return <Chain tenantId={props.tenant.id} />
}

function Chain(props: { tenantId: string }) {
  const { tenantId } = props
  const [entry, setEntry] = useState('')
  const listing = useMemo(() => ({ tenantId }), [tenantId])
  const audit = useAudit(listing)
  return (
    <div className="flex min-h-80 flex-1 flex-col">
      <AuditList
        audit={audit}
        entry={entry}
        onEntry={setEntry}
        empty={<EmptyNothing title="Nothing is recorded yet" />}
      />
    </div>
  )
}
