import { type AlertRule, TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { cluster, escalationPolicy, tenant } from '@tenantry/db/schema'
import { and, eq, inArray, isNull, ne, notInArray } from 'drizzle-orm'

/**
 * Refuses a rule that names somebody who is not there.
 * @throws TenantryError `invalid_input` with the field
 */
export async function requireScope(
  tx: Database,
  { scope, policyId }: Pick<AlertRule, 'scope' | 'policyId'>,
): Promise<void> {
  const clusters = await tx
    .select({ id: cluster.id })
    .from(cluster)
    .where(and(inArray(cluster.id, scope.clusterIds), ne(cluster.state, 'detached')))
  refuseMissing('scope.clusterIds', 'cluster', scope.clusterIds, clusters)
  const tenants = await tx
    .select({ id: tenant.id })
    .from(tenant)
    .where(and(inArray(tenant.id, scope.tenantIds), notInArray(tenant.state, ['discarded', 'purged'])))
  refuseMissing('scope.tenantIds', 'tenant', scope.tenantIds, tenants)
  if (policyId === null) return
  const policies = await tx
    .select({ id: escalationPolicy.id })
    .from(escalationPolicy)
    .where(and(eq(escalationPolicy.id, policyId), isNull(escalationPolicy.removedAt)))
  refuseMissing('policyId', 'escalation policy', [policyId], policies)
}

function refuseMissing(
  field: string,
  noun: string,
  named: readonly string[],
  found: readonly { id: string }[],
): void {
  const missing = named.find((id) => !found.some((row) => row.id === id))
  if (missing === undefined) return
  throw new TenantryError('invalid_input', `The ${noun} ${missing} is gone.`, {
    field,
    action: 'Choose again from those that are there.',
  })
}
