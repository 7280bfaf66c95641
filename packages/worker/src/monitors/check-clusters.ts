import { setTimeout as delay } from 'node:timers/promises'
import { type Duty, onceAcrossProcesses } from '@tenantry/core'
import { cluster } from '@tenantry/db/schema'
import { and, eq, ne } from 'drizzle-orm'
import type { WorkerContext } from '../worker-context.ts'

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
}

/** Looks at every cluster: does it answer, and how full is it. Placement and the overview read what it finds. */
export function checkClusters({ core, clusters }: WorkerContext): Duty {
  return {
    name: 'check-clusters',
    everyMs: 10_000,
    async run() {
      const all = await core.db.select().from(cluster).where(ne(cluster.state, 'detached'))
      // The looks may take their time; no transaction of the control database waits for them.
      const seen = await Promise.all(all.map((row) => look(() => clusters.pool(row))))
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
        }
      })
    },
  }
}

const patienceMs = 5000

async function look(open: () => ReturnType<WorkerContext['clusters']['pool']>) {
  try {
    const pool = open()
    const late = delay(patienceMs, undefined, { ref: false }).then(() => {
      throw new Error(`no answer within ${patienceMs / 1000} s`)
    })
    const { rows } = await Promise.race([pool.query<CapacityRow>('select * from tenantry.capacity()'), late])
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
      },
    }
  } catch (error) {
    return { reachable: false, fault: error instanceof Error ? error.message : String(error) }
  }
}
