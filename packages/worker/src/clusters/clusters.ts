import type { ObserveStatement } from '@tenantry/core'
import { MeteredPool, unseal } from '@tenantry/db'
import pg from 'pg'
import type { Logger } from 'pino'

interface ClusterAddress {
  readonly id: string
  readonly name: string
  readonly workerUrl: string
  readonly adminUrl: string
}

/** The worker's connections to the clusters: one pool each, opened when first needed. */
export interface Clusters {
  /** Connections as the worker's role. */
  pool(cluster: ClusterAddress): pg.Pool
  /** A session of its own as the worker's role, for what a pooled one would keep in its memory. The caller ends it. */
  connect(cluster: ClusterAddress): Promise<pg.Client>
  /** The administrator's connection string, for what needs a scratch database. */
  adminUrl(cluster: ClusterAddress): string
  /** Closes the connections to a cluster that is no longer looked after, once they are free. */
  forget(clusterId: string): void
  close(): Promise<void>
}

/**
 * @param masterKey opens the sealed connection strings
 * @param max connections a cluster at most
 * @param observe told of every statement, with the cluster's name
 */
export function openClusters(
  masterKey: Buffer,
  max: number,
  log: Logger,
  observe?: ObserveStatement,
): Clusters {
  const loginOf = (cluster: ClusterAddress) => ({
    connectionString: unseal(masterKey, `cluster:${cluster.id}:worker`, cluster.workerUrl),
    application_name: 'tenantry worker',
    connectionTimeoutMillis: 5000,
    // A server that vanished without a word must not hold a step for ever.
    keepAlive: true,
    query_timeout: 70_000,
    options: '-c lock_timeout=10s -c statement_timeout=60s',
  })
  const pools = new Map<string, { sealed: string; pool: pg.Pool }>()
  return {
    pool(cluster) {
      const known = pools.get(cluster.id)
      if (known?.sealed === cluster.workerUrl) return known.pool
      known?.pool.end().catch(() => {})
      const pool = new MeteredPool({
        ...loginOf(cluster),
        max,
        onStatement: observe && ((...said) => observe(cluster.name, ...said)),
      })
      const onError = (err: Error) => log.debug({ err, cluster: cluster.name }, 'cluster connection lost')
      pool.on('error', onError)
      pool.on('connect', (client) => client.on('error', onError))
      pools.set(cluster.id, { sealed: cluster.workerUrl, pool })
      return pool
    },
    async connect(cluster) {
      const client = new pg.Client(loginOf(cluster))
      client.on('error', (err) => log.debug({ err, cluster: cluster.name }, 'cluster connection lost'))
      await client.connect()
      return client
    },
    adminUrl: (cluster) => unseal(masterKey, `cluster:${cluster.id}:admin`, cluster.adminUrl),
    forget(clusterId) {
      pools
        .get(clusterId)
        ?.pool.end()
        .catch(() => {})
      pools.delete(clusterId)
    },
    async close() {
      await Promise.all([...pools.values()].map(({ pool }) => pool.end()))
      pools.clear()
    },
  }
}
