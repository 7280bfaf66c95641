import { addCluster, type CoreContext, prepareQueues, upgradeClusters } from '@tenantry/core'
import { migrateControl, openControl } from '@tenantry/db'
import pg from 'pg'
import type { Logger } from 'pino'

export interface Preparation {
  readonly controlUrl: string
  /** Left out: the clusters that are registered already. */
  readonly firstCluster?: {
    readonly name: string
    readonly adminUrl: string
    readonly maxConcurrency: number
  }
  readonly masterKey: Buffer
}

/**
 * Brings the databases to this release before anything is served: control schema, first cluster, queues. Processes that
 * start together take turns.
 */
export async function prepare(
  { controlUrl, firstCluster, masterKey }: Preparation,
  log: Logger,
): Promise<void> {
  const turn = new pg.Client({ connectionString: controlUrl, application_name: 'tenantry prepare' })
  await turn.connect()
  try {
    await turn.query("select pg_advisory_lock(hashtext('tenantry.prepare'))")
    await migrateControl(controlUrl)
    const { db, pool } = openControl(controlUrl, { name: 'tenantry prepare', max: 2 })
    try {
      // No verb that needs the queue runs here.
      const core: CoreContext = { db, log, queue: { wake: () => Promise.reject(new Error('no queue yet')) } }
      if (firstCluster) await addCluster(core, masterKey, firstCluster)
      await prepareQueues(controlUrl, await upgradeClusters(core, masterKey))
    } finally {
      await pool.end()
    }
  } finally {
    await turn.end()
  }
}
