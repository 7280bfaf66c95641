import { roleNamesOf } from '@tenantry/contracts'
import type { ClaimedOperation } from '@tenantry/core'

/** The tenant that an operation works on, with its roles. @throws when the operation has none */
export function tenantOf({ operation, tenant }: ClaimedOperation) {
  if (!tenant) throw new Error(`operation ${operation.id} (${operation.kind}) has no tenant`)
  return { ...tenant, roles: roleNamesOf(tenant.id) }
}

/** The schema that an operation works on: a tenant's, or a spare's. @throws when the operation has neither */
export function laneOf({ operation, tenant, spare }: ClaimedOperation) {
  const lane = tenant ?? spare
  if (!lane) throw new Error(`operation ${operation.id} (${operation.kind}) works on no schema`)
  return { id: lane.id, schemaName: lane.schemaName, roles: roleNamesOf(lane.id) }
}
