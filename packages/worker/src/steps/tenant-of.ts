import { roleNamesOf } from '@tenantry/contracts'
import type { ClaimedOperation } from '@tenantry/core'

/** The tenant that an operation works on, with its roles. @throws when the operation has none */
export function tenantOf({ operation, tenant }: ClaimedOperation) {
  if (!tenant) throw new Error(`operation ${operation.id} (${operation.kind}) has no tenant`)
  return { ...tenant, roles: roleNamesOf(tenant.id) }
}
