import type {
  ClusterCapacity,
  ClusterCheck,
  ClusterLimits,
  ClusterState,
  ClusterUse,
  Labels,
  TenantState,
} from '@tenantry/contracts'
import { asc, eq, ne, sql } from 'drizzle-orm'
import { clusterUse } from '../control/cluster-use.ts'
import type { Database } from '../control/open-control.ts'
import { type ClusterEndpoint, cluster, tenant } from '../schema/index.ts'
import { iso, isoOrNull } from './keyset.ts'

export interface ClusterRow {
  readonly id: string
  readonly name: string
  readonly state: ClusterState
  /** Why it is cordoned or detached. */
  readonly stateReason: string | null
  readonly labels: Labels
  readonly limits: ClusterLimits
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
  readonly rowVersion: number
  /** Without discarded and purged ones. */
  readonly tenants: Partial<Record<TenantState, number>>
}

export interface ClusterDetail extends ClusterRow {
  /** The last answers to everything that is looked at before a cluster is added. */
  readonly checks: readonly ClusterCheck[]
  readonly checksAt: string | null
  readonly use: ClusterUse
}

const columns = {
  id: cluster.id,
  name: cluster.name,
  state: cluster.state,
  stateReason: cluster.stateReason,
  labels: cluster.labels,
  limits: cluster.limits,
  endpoint: cluster.endpoint,
  reachable: cluster.reachable,
  fault: cluster.fault,
  serverVersion: cluster.serverVersion,
  capacity: cluster.capacity,
  maxConcurrency: cluster.maxConcurrency,
  checkedAt: isoOrNull(cluster.checkedAt),
  createdAt: iso(cluster.createdAt),
  rowVersion: cluster.rowVersion,
}

/** Every cluster, by name; detached ones when asked for, last. Connection strings stay where they are. */
export async function listClusters(db: Database, { detached = false } = {}): Promise<ClusterRow[]> {
  const rows = await db
    .select(columns)
    .from(cluster)
    .where(detached ? undefined : ne(cluster.state, 'detached'))
    .orderBy(sql`${cluster.state} = 'detached'`, asc(cluster.name), asc(cluster.createdAt))
  const counts = await countTenants(db)
  return rows.map((row) => ({ ...row, tenants: tenantsOf(counts, row.id) }))
}

/** One cluster with everything that its page shows; undefined when there is none. */
export async function getCluster(db: Database, id: string): Promise<ClusterDetail | undefined> {
  const [row] = await db
    .select({ ...columns, checks: cluster.checks, checksAt: isoOrNull(cluster.checksAt) })
    .from(cluster)
    .where(eq(cluster.id, id))
  if (!row) return undefined
  return { ...row, tenants: tenantsOf(await countTenants(db), id), use: await clusterUse(db, id) }
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

function tenantsOf(counts: readonly TenantCount[], id: string): Partial<Record<TenantState, number>> {
  return Object.fromEntries(
    counts.filter(({ clusterId }) => clusterId === id).map(({ state, count }) => [state, count]),
  )
}
