import type { QuotaResource } from '@tenantry/contracts'
import { cluster, enforcement, type HeldLimits, quotaState, tenant } from '@tenantry/db/schema'
import { and, asc, eq, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'

/** What a cluster is to be told of one tenant. */
export interface DueEnforcement {
  readonly tenantId: string
  readonly wanted: HeldLimits
  readonly revision: number
  readonly cluster: typeof cluster.$inferSelect
}

/** What the cluster answered; see `tenantry.set_tenant_limits`. */
export interface ToldLimits {
  /** An operation had the tenant: the limits of its roles are yet to be set. */
  readonly busy: boolean
  readonly unheld: readonly QuotaResource[]
  readonly leaks: readonly string[]
}

/** After so long a cluster is told again although nothing has changed: it may have been restored. Milliseconds. */
const tellAgainMs = 3_600_000

/** Tenants whose cluster was not told of their limits as they are now, or where they are now; those held first. */
export async function dueEnforcements(core: CoreContext, most: number): Promise<DueEnforcement[]> {
  const rows = await core.db
    .select({
      tenantId: enforcement.tenantId,
      wanted: enforcement.wanted,
      revision: enforcement.revision,
      cluster,
    })
    .from(enforcement)
    .innerJoin(tenant, eq(tenant.id, enforcement.tenantId))
    .innerJoin(cluster, eq(cluster.id, tenant.clusterId))
    .where(
      and(
        inArray(tenant.state, ['active', 'suspended']),
        ne(cluster.state, 'detached'),
        or(isNull(enforcement.retryAt), lt(enforcement.retryAt, sql`clock_timestamp()`)),
        or(
          sql`${enforcement.toldRevision} is distinct from ${enforcement.revision}`,
          sql`${enforcement.toldClusterId} is distinct from ${tenant.clusterId}`,
          lt(enforcement.toldAt, sql`clock_timestamp() - ${tellAgainMs} * interval '1 ms'`),
        ),
      ),
    )
    .orderBy(sql`${enforcement.wanted} ? 'blocked' desc`, asc(enforcement.tenantId))
    .limit(most)
  return rows
}

/** The cluster has taken it, all but the limits of roles while it was busy: those are told again shortly. */
export async function recordTold(
  core: CoreContext,
  { tenantId, revision, cluster: { id } }: DueEnforcement,
  { busy, unheld, leaks }: ToldLimits,
): Promise<void> {
  await core.db.transaction(async (tx) => {
    const told = await tx
      .update(enforcement)
      .set({
        ...(busy
          ? { retryAt: sql`clock_timestamp() + interval '1 second'` }
          : { toldRevision: revision, toldClusterId: id, unheld, retryAt: null }),
        toldAt: sql`clock_timestamp()`,
        leaks,
        fault: null,
      })
      .where(and(eq(enforcement.tenantId, tenantId), eq(enforcement.revision, revision)))
      .returning({ tenantId: enforcement.tenantId })
    if (!told.length) return
    await tx
      .update(quotaState)
      .set({ enforcedAt: sql`clock_timestamp()`, fault: null })
      .where(and(eq(quotaState.tenantId, tenantId), isNull(quotaState.enforcedAt)))
  })
}

/** The cluster was not told; somebody tries again in five seconds. */
export async function recordNotTold(
  core: CoreContext,
  { tenantId, revision }: DueEnforcement,
  fault: string,
): Promise<void> {
  await core.db
    .update(enforcement)
    .set({ fault, retryAt: sql`clock_timestamp() + interval '5 seconds'` })
    .where(and(eq(enforcement.tenantId, tenantId), eq(enforcement.revision, revision)))
}
