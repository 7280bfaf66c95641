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
}

const gauge = (title: string, unit: MetricUnit): MetricInfo => ({ title, unit, kind: 'gauge' })
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
  tenant_cache_hit_ratio: gauge('Cache hits', 'ratio'),
  tenant_rows_written: counter('Rows written', 'count'),
  tenant_transactions: counter('Transactions', 'count'),
  tenant_temp_bytes: counter('Temporary files', 'bytes'),
  tenant_calls: counter('Statements', 'count'),
  tenant_statement_seconds: counter('Statement time', 'seconds'),
  tenant_quota_ratio: gauge('Fullest quota', 'ratio'),

  cluster_up: gauge('Cluster answers', 'count'),
  cluster_tenants: gauge('Tenants', 'count'),
  cluster_relations: gauge('Relations', 'count'),
  cluster_connections: gauge('Connections', 'count'),
  cluster_connections_ratio: gauge('Connections of the most', 'ratio'),
  cluster_locks_ratio: gauge('Lock table', 'ratio'),
  cluster_fullness_ratio: gauge('Fullest limit', 'ratio'),
  cluster_database_bytes: gauge('Database', 'bytes'),
  cluster_catalog_bytes: gauge('Catalog', 'bytes'),
  cluster_catalog_dead_ratio: gauge('Dead rows of the catalog', 'ratio'),
  cluster_disk_free_bytes: gauge('Disk free', 'bytes'),
  cluster_oldest_transaction_seconds: gauge('Oldest transaction', 'seconds'),
  cluster_wraparound_ratio: gauge('Transaction ids used up', 'ratio'),
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
  fleet_audit_chain_ok: gauge('Audit chain whole', 'count'),
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
