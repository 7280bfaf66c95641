import {
  beginComparison,
  type ComparisonRun,
  type Duty,
  endComparison,
  failComparison,
  findDifferences,
} from '@tenantry/core'
import { cluster } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import type { WorkerContext } from '../worker-context.ts'

/** How often each cluster is compared when nobody asks, ms. */
const everyMs = 60_000

/** Holds the registry against every cluster, each a minute after the last time; what differs becomes findings. */
export function reconcile(worker: Pick<WorkerContext, 'core' | 'clusters'>): Duty {
  return {
    name: 'reconcile',
    everyMs: 1000,
    async run() {
      const run = await beginComparison(worker.core, everyMs)
      if (!run) return 'rest'
      await compareCluster(worker, run)
      return 'again'
    },
  }
}

async function compareCluster(
  { core, clusters }: Pick<WorkerContext, 'core' | 'clusters'>,
  run: ComparisonRun,
): Promise<void> {
  const [row] = await core.db.select().from(cluster).where(eq(cluster.id, run.clusterId))
  if (!row) return
  const begun = performance.now()
  try {
    const comparison = await findDifferences(core.db, row.id, clusters.pool(row))
    await endComparison(core, run, comparison, performance.now() - begun)
  } catch (error) {
    // What a query builder wraps around it would show every parameter.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const fault = cause instanceof Error ? cause.message : String(cause)
    core.log.warn({ cluster: row.name, err: error }, 'cluster not compared; its findings stay as they were')
    await failComparison(core, run, fault)
  }
}
