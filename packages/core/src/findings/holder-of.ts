import type { FindingHolder } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { spare, tenant } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'

export interface Holder {
  readonly holder: FindingHolder
  /** Whether the registry has a tenant of this id, wherever and whatever it is. */
  readonly isRegistered: boolean
}

/** Whom a finding is about, as the registry has it now. */
export async function holderOf(
  tx: Database,
  { tenantId, clusterId }: { readonly tenantId: string | null; readonly clusterId: string },
): Promise<Holder> {
  if (!tenantId) return { holder: null, isRegistered: false }
  const [row] = await tx
    .select({ state: tenant.state, clusterId: tenant.clusterId })
    .from(tenant)
    .where(eq(tenant.id, tenantId))
  if (row?.clusterId === clusterId) return { holder: row.state, isRegistered: true }
  const [held] = await tx
    .select({ state: spare.state, clusterId: spare.clusterId })
    .from(spare)
    .where(eq(spare.id, tenantId))
  const isSpare = held?.clusterId === clusterId && held.state === 'ready'
  return { holder: isSpare ? 'spare' : null, isRegistered: row !== undefined }
}
