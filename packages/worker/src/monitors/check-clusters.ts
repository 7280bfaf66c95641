import { setTimeout as delay } from 'node:timers/promises'
import type { MetricName } from '@tenantry/contracts'
import { type Duty, onceAcrossProcesses, recordMetrics } from '@tenantry/core'
import type { Database } from '@tenantry/db'
import { cluster } from '@tenantry/db/schema'
import { and, eq, ne, sql } from 'drizzle-orm'
import type { WorkerContext } from '../worker-context.ts'
import { type ClusterLookedAt, clusterMetrics } from './cluster-metrics.ts'
import { diskFree } from './disk-free.ts'

interface CapacityRow {
  version: string
  tenants: string
  relations: string
  connections: string
  max_connections: number
  locks: string
  max_locks: string
  database_bytes: string
  catalog_bytes: string
  oldest_transaction: number
  frozen_age: string
  wal_bytes: string | null
  replication_lag_seconds: number | null
  replication_lag_bytes: string | null
  catalog_dead_ratio: number | null
  data_directory: string | null
}

/** Looks at every cluster: does it answer, and how full is it. Placement, the overview and the rules read what it finds. */
export function checkClusters({ core, clusters }: WorkerContext): Duty {
  return {
    name: 'check-clusters',
    everyMs: 10_000,
    async run() {
      const all = await core.db.select().from(cluster).where(ne(cluster.state, 'detached'))
      // The looks may take their time; no transaction of the control database waits for them.
      const seen = await Promise.all(all.map((row) => look(() => clusters.pool(row), row.endpoint.host)))
      return onceAcrossProcesses(core.db, 'check-clusters', async (tx) => {
        for (const [index, row] of all.entries()) {
          const now = seen[index]
          if (!now) continue
          await tx
            .update(cluster)
            .set({ ...now, checkedAt: new Date() })
            .where(and(eq(cluster.id, row.id), ne(cluster.state, 'detached')))
          if (row.reachable !== now.reachable) {
            const words = now.reachable ? 'cluster is back' : 'cluster does not answer'
            core.log.warn({ cluster: row.name, fault: now.fault }, words)
          }
          await sample(tx, row.id, { limits: row.limits, capacity: now.capacity ?? null })
        }
      })
    },
  }
}

/** Workers look each for itself; what they see within ten seconds is written down once. */
async function sample(tx: Database, clusterId: string, seen: ClusterLookedAt): Promise<void> {
  const { rows } = await tx.execute(sql`
    select from control.metric_sample where metric = 'cluster_up' and cluster_id = ${clusterId}
      and at > clock_timestamp() - interval '8 seconds' limit 1`)
  if (rows.length) return
  const measured = Object.entries(clusterMetrics(seen)) as [MetricName, number | null][]
  await recordMetrics(
    tx,
    measured.map(([metric, value]) => ({ metric, clusterId, value })),
  )
}

const patienceMs = 5000

async function look(open: () => ReturnType<WorkerContext['clusters']['pool']>, host: string) {
  try {
    const pool = open()
    const late = delay(patienceMs, undefined, { ref: false }).then(() => {
      throw new Error(`no answer within ${patienceMs / 1000} s`)
    })
    const asked = pool.query<CapacityRow>('select * from tenantry.capacity(), tenantry.vitals()')
    const { rows } = await Promise.race([asked, late])
    const row = rows[0]
    if (!row) throw new Error('tenantry.capacity() returned nothing')
    return {
      reachable: true,
      fault: null,
      serverVersion: row.version,
      capacity: {
        tenants: Number(row.tenants),
        relations: Number(row.relations),
        connections: Number(row.connections),
        maxConnections: row.max_connections,
        locks: Number(row.locks),
        maxLocks: Number(row.max_locks),
        databaseBytes: Number(row.database_bytes),
        catalogBytes: Number(row.catalog_bytes),
        oldestTransaction: Math.round(row.oldest_transaction),
        frozenAge: Number(row.frozen_age),
        walBytes: numberOrNull(row.wal_bytes),
        replicationLagSeconds: row.replication_lag_seconds,
        replicationLagBytes: numberOrNull(row.replication_lag_bytes),
        catalogDeadRatio: row.catalog_dead_ratio,
        diskFreeBytes: await diskFree(host, row.data_directory),
      },
    }
  } catch (error) {
    return { reachable: false, fault: error instanceof Error ? error.message : String(error) }
  }
}

const numberOrNull = (value: string | null) => (value === null ? null : Number(value))
