/** What a metric is measured on. */
export const metricScopes = ['tenant', 'cluster', 'fleet'] as const
export type MetricScope = (typeof metricScopes)[number]

export const metricUnits = ['bytes', 'count', 'ratio', 'seconds'] as const
export type MetricUnit = (typeof metricUnits)[number]

export interface MetricInfo {
  readonly title: string
  readonly unit: MetricUnit
  /** `counter`: only rises; what it says is its rate. */
  readonly kind: 'gauge' | 'counter'
  /** It can never be more; left out: nothing is known. It is never below 0. */
  readonly most?: number
}

const gauge = (title: string, unit: MetricUnit): MetricInfo => ({ title, unit, kind: 'gauge' })
/** A part of a whole: 0 to 1. */
const share = (title: string): MetricInfo => ({ title, unit: 'ratio', kind: 'gauge', most: 1 })
/** 1: yes, 0: no. */
const flag = (title: string): MetricInfo => ({ title, unit: 'count', kind: 'gauge', most: 1 })
const counter = (title: string, unit: MetricUnit): MetricInfo => ({ title, unit, kind: 'counter' })

/** Every metric that is kept and that an alert rule can be about. A name begins with its scope. */
export const metrics = {
  tenant_bytes: gauge('Storage', 'bytes'),
  tenant_table_bytes: gauge('Tables', 'bytes'),
  tenant_index_bytes: gauge('Indexes', 'bytes'),
  tenant_toast_bytes: gauge('TOAST', 'bytes'),
  tenant_relations: gauge('Relations', 'count'),
  tenant_rows: gauge('Rows, estimated', 'count'),
  tenant_dead_rows: gauge('Dead rows', 'count'),
  tenant_connections: gauge('Connections', 'count'),
  tenant_oldest_transaction_seconds: gauge('Oldest transaction', 'seconds'),
  tenant_cache_hit_ratio: share('Cache hits'),
  tenant_rows_written: counter('Rows written', 'count'),
  tenant_transactions: counter('Transactions', 'count'),
  tenant_temp_bytes: counter('Temporary files', 'bytes'),
  tenant_calls: counter('Statements', 'count'),
  tenant_statement_seconds: counter('Statement time', 'seconds'),
  tenant_quota_ratio: gauge('Fullest quota', 'ratio'),

  cluster_up: flag('Cluster answers'),
  cluster_tenants: gauge('Tenants', 'count'),
  cluster_relations: gauge('Relations', 'count'),
  cluster_connections: gauge('Connections', 'count'),
  cluster_connections_ratio: share('Connections of the most'),
  cluster_locks_ratio: share('Lock table'),
  cluster_fullness_ratio: gauge('Fullest limit', 'ratio'),
  cluster_database_bytes: gauge('Database', 'bytes'),
  cluster_catalog_bytes: gauge('Catalog', 'bytes'),
  cluster_catalog_dead_ratio: share('Dead rows of the catalog'),
  cluster_disk_free_bytes: gauge('Disk free', 'bytes'),
  cluster_oldest_transaction_seconds: gauge('Oldest transaction', 'seconds'),
  cluster_wraparound_ratio: share('Transaction ids used up'),
  cluster_vacuum_age_seconds: gauge('Longest without autovacuum', 'seconds'),
  cluster_replication_lag_seconds: gauge('Replication lag', 'seconds'),
  cluster_replication_lag_bytes: gauge('Replication lag', 'bytes'),
  cluster_wal_bytes: counter('WAL written', 'bytes'),

  fleet_operations_queued: gauge('Operations queued', 'count'),
  fleet_operations_running: gauge('Operations running', 'count'),
  fleet_operations_stuck: gauge('Operations past their deadline', 'count'),
  fleet_queue_wait_seconds: gauge('Longest wait in the queue', 'seconds'),
  fleet_operations_succeeded: counter('Operations succeeded', 'count'),
  fleet_operations_failed: counter('Operations failed', 'count'),
  fleet_operations_ended: counter('Operations ended', 'count'),
  fleet_dead_letters: gauge('Dead letters', 'count'),
  fleet_workers: gauge('Workers', 'count'),
  fleet_findings: gauge('Differences found', 'count'),
  fleet_tenants_blocked: gauge('Tenants over a quota', 'count'),
  fleet_audit_chain_ok: flag('Audit chain whole'),
  fleet_notifications_failing: gauge('Channels that fail', 'count'),
} as const satisfies Record<string, MetricInfo>
export type MetricName = keyof typeof metrics
export const metricNames = Object.keys(metrics) as [MetricName, ...MetricName[]]

/** The metrics of one scope. */
export type MetricOf<Scope extends MetricScope> = Extract<MetricName, `${Scope}_${string}`>

export function scopeOf(metric: MetricName): MetricScope {
  return metric.slice(0, metric.indexOf('_')) as MetricScope
}

/** How often a metric of each scope is looked at, ms: nothing can be noticed sooner. */
export const collectEveryMs = { tenant: 10_000, cluster: 10_000, fleet: 5_000 } as const
