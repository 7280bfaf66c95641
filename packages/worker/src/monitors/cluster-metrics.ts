import {
  type ClusterCapacity,
  type ClusterLimits,
  fullestOf,
  type MetricOf,
  wraparoundAt,
} from '@tenantry/contracts'

/** A cluster as one look found it; without capacity when it did not answer. */
export interface ClusterLookedAt {
  readonly limits: ClusterLimits
  readonly capacity: ClusterCapacity | null
}

/** Of the tenants' tables, with their usage: see collect-usage. */
type Elsewhere = 'cluster_vacuum_age_seconds'

type Measure = (capacity: ClusterCapacity, limits: ClusterLimits) => number | null

const measures: Record<Exclude<MetricOf<'cluster'>, Elsewhere | 'cluster_up'>, Measure> = {
  cluster_tenants: (seen) => seen.tenants,
  cluster_relations: (seen) => seen.relations,
  cluster_connections: (seen) => seen.connections,
  cluster_connections_ratio: (seen) => seen.connections / seen.maxConnections,
  cluster_locks_ratio: (seen) => seen.locks / seen.maxLocks,
  cluster_fullness_ratio: (capacity, limits) =>
    fullestOf({ tenants: capacity.tenants, limits, capacity })?.ratio ?? null,
  cluster_database_bytes: (seen) => seen.databaseBytes,
  cluster_catalog_bytes: (seen) => seen.catalogBytes,
  cluster_catalog_dead_ratio: (seen) => seen.catalogDeadRatio,
  cluster_disk_free_bytes: (seen) => seen.diskFreeBytes,
  cluster_oldest_transaction_seconds: (seen) => seen.oldestTransaction,
  cluster_wraparound_ratio: (seen) => seen.frozenAge / wraparoundAt,
  cluster_replication_lag_seconds: (seen) => seen.replicationLagSeconds,
  cluster_replication_lag_bytes: (seen) => seen.replicationLagBytes,
  cluster_wal_bytes: (seen) => seen.walBytes,
}

/** Every metric of a cluster that a look at it gives; null where this server has none. */
export function clusterMetrics({
  capacity,
  limits,
}: ClusterLookedAt): Partial<Record<MetricOf<'cluster'>, number | null>> {
  if (!capacity) return { cluster_up: 0 }
  const measured = Object.entries(measures).map(([metric, measure]) => [metric, measure(capacity, limits)])
  return { cluster_up: 1, ...Object.fromEntries(measured) }
}
