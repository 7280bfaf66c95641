import { type Duty, onceAcrossProcesses } from '@tenantry/core'
import { cluster } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import type { WorkerContext } from '../worker-context.ts'

interface CapacityRow {
  version: string
  tenants: string
  relations: string
  connections: string
  max_connections: number
  max_locks: string
  database_bytes: string
}

/** Looks at every cluster: does it answer, and how full is it. Placement and the overview read what it finds. */
export function checkClusters({ core, clusters }: WorkerContext): Duty {
  return {
    name: 'check-clusters',
    everyMs: 10_000,
    run: () =>
      onceAcrossProcesses(core.db, 'check-clusters', async (tx) => {
        const all = await tx.select().from(cluster)
        await Promise.all(
          all.map(async (row) => {
            const seen = await look(clusters.pool(row))
            await tx
              .update(cluster)
              .set({ ...seen, checkedAt: new Date() })
              .where(eq(cluster.id, row.id))
            if (row.reachable !== seen.reachable) {
              core.log.warn(
                { cluster: row.name, fault: seen.fault },
                seen.reachable ? 'cluster is back' : 'cluster does not answer',
              )
            }
          }),
        )
      }),
  }
}

async function look(pool: ReturnType<WorkerContext['clusters']['pool']>) {
  try {
    const { rows } = await pool.query<CapacityRow>('select * from tenantry.capacity()')
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
        maxLocks: Number(row.max_locks),
        databaseBytes: Number(row.database_bytes),
      },
    }
  } catch (error) {
    return { reachable: false, fault: error instanceof Error ? error.message : String(error) }
  }
}
