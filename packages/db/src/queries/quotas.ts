import { type QuotaResource, quotaResources } from '@tenantry/contracts'
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { quota, tenant } from '../schema/index.ts'
import { isoOrNull } from './keyset.ts'

export interface EffectiveQuota {
  readonly resource: QuotaResource
  readonly title: string
  readonly unit: 'bytes' | 'count' | 'seconds'
  /** What holds for the whole fleet; null: no limit. */
  readonly fleetLimit: number | null
  /** What the tenant's plan says; null: nothing, or no tenant was asked for. */
  readonly planLimit: number | null
  /** The tenant's own; null: none is set. */
  readonly tenantLimit: number | null
  /** What holds for the tenant (for the fleet where no tenant was asked for); null: no limit. */
  readonly limit: number | null
  /** How long it may be exceeded before the tenant is held. */
  readonly graceSeconds: number
  /** Of the tenant's own limit: an exemption that ends then, and why. */
  readonly until: string | null
  readonly reason: string | null
}

/** Every resource with its limits, for a tenant or the fleet. An exemption that is over counts no more. */
export async function listQuotas(db: Database, tenantId?: string): Promise<EffectiveQuota[]> {
  const ofPlan = sql`${quota.planId} = (select ${tenant.planId} from ${tenant} where ${tenant.id} = ${tenantId ?? null})`
  const rows = await db
    .select({
      tenantId: quota.tenantId,
      planId: quota.planId,
      resource: quota.resource,
      limit: quota.limit,
      graceSeconds: quota.graceSeconds,
      until: isoOrNull(quota.until),
      reason: quota.reason,
    })
    .from(quota)
    .where(
      and(
        or(isNull(quota.until), gt(quota.until, sql`clock_timestamp()`)),
        or(
          tenantId ? eq(quota.tenantId, tenantId) : undefined,
          tenantId ? ofPlan : undefined,
          and(isNull(quota.tenantId), isNull(quota.planId)),
        ),
      ),
    )
  return (Object.keys(quotaResources) as QuotaResource[]).map((resource) => {
    const of = rows.filter((row) => row.resource === resource)
    const own = of.find((row) => row.tenantId)
    const plan = of.find((row) => row.planId)
    const fleet = of.find((row) => !row.tenantId && !row.planId)
    const holds = own ?? plan ?? fleet
    const { title, unit } = quotaResources[resource]
    return {
      resource,
      title,
      unit,
      fleetLimit: fleet?.limit ?? null,
      planLimit: plan?.limit ?? null,
      tenantLimit: own?.limit ?? null,
      limit: holds?.limit ?? null,
      graceSeconds: holds?.graceSeconds ?? 0,
      until: own?.until ?? null,
      reason: own?.reason ?? null,
    }
  })
}
