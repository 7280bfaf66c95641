import { type QuotaResource, quotaResources } from '@tenantry/contracts'
import { and, eq, isNull, or } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { quota } from '../schema/index.ts'

export interface EffectiveQuota {
  readonly resource: QuotaResource
  readonly title: string
  readonly unit: 'bytes' | 'count' | 'seconds'
  /** What holds for the whole fleet; null: no limit. */
  readonly fleetLimit: number | null
  /** The tenant's own; null: none is set. */
  readonly tenantLimit: number | null
  /** What holds for the tenant (for the fleet where no tenant was asked for); null: no limit. */
  readonly limit: number | null
}

/** Every resource with its limits, for a tenant or the fleet. */
export async function listQuotas(db: Database, tenantId?: string): Promise<EffectiveQuota[]> {
  const rows = await db
    .select({ tenantId: quota.tenantId, resource: quota.resource, limit: quota.limit })
    .from(quota)
    .where(
      and(
        isNull(quota.planId),
        tenantId ? or(eq(quota.tenantId, tenantId), isNull(quota.tenantId)) : isNull(quota.tenantId),
      ),
    )
  return (Object.keys(quotaResources) as QuotaResource[]).map((resource) => {
    const limitOf = (of: string | null) =>
      rows.find((row) => row.resource === resource && row.tenantId === of)?.limit ?? null
    const fleetLimit = limitOf(null)
    const tenantLimit = tenantId ? limitOf(tenantId) : null
    const { title, unit } = quotaResources[resource]
    return { resource, title, unit, fleetLimit, tenantLimit, limit: tenantLimit ?? fleetLimit }
  })
}
