import type { ClusterState, TenantState } from '@tenantry/contracts'
import { asc, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { type ClusterCapacity, type ClusterEndpoint, cluster, tenant } from '../schema/index.ts'
import { iso, isoOrNull } from './keyset.ts'

export interface ClusterRow {
  readonly id: string
  readonly name: string
  readonly state: ClusterState
  readonly reachable: boolean
  /** What the last look at it failed with. */
  readonly fault: string | null
  readonly serverVersion: string | null
  readonly capacity: ClusterCapacity | null
  readonly maxConcurrency: number
  /** Where the product connects. */
  readonly endpoint: ClusterEndpoint
  readonly checkedAt: string | null
  readonly createdAt: string
  /** Without discarded and purged ones. */
  readonly tenants: Partial<Record<TenantState, number>>
}

/** Every cluster, by name. Connection strings stay where they are. */
export async function listClusters(db: Database): Promise<ClusterRow[]> {
  const rows = await db
    .select({
      id: cluster.id,
      name: cluster.name,
      state: cluster.state,
      reachable: cluster.reachable,
      fault: cluster.fault,
      serverVersion: cluster.serverVersion,
      capacity: cluster.capacity,
      maxConcurrency: cluster.maxConcurrency,
      endpoint: cluster.endpoint,
      checkedAt: isoOrNull(cluster.checkedAt),
      createdAt: iso(cluster.createdAt),
    })
    .from(cluster)
    .orderBy(asc(cluster.name))
  const counts = await countTenants(db)
  return rows.map((row) => ({
    ...row,
    tenants: Object.fromEntries(
      counts.filter(({ clusterId }) => clusterId === row.id).map(({ state, count }) => [state, count]),
    ),
  }))
}

export interface TenantCount {
  readonly clusterId: string
  readonly state: TenantState
  readonly count: number
}

/** How many tenants each cluster has in each state, without discarded and purged ones. */
export function countTenants(db: Database): Promise<TenantCount[]> {
  return db
    .select({ clusterId: tenant.clusterId, state: tenant.state, count: sql<number>`count(*)::int` })
    .from(tenant)
    .where(sql`${tenant.state} not in ('discarded', 'purged')`)
    .groupBy(tenant.clusterId, tenant.state)
}
