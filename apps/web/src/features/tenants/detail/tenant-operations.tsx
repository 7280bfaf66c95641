import type { Tenant } from '../use-tenant.ts'
import { OperationTable } from './operation-table.tsx'

/** The tab with every operation of the tenant. */
export function TenantOperations(props: { tenant: Tenant }) {
  return (
    <div className="flex min-h-80 flex-1 flex-col">
      <OperationTable tenantId={props.tenant.id} />
    </div>
  )
}
