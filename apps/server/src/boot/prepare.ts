import {
  addCluster,
  type CoreContext,
  ensureSystemUser,
  prepareQueues,
  upgradeClusters,
} from '@tenantry/core'
import { migrateControl, openClient, openControl } from '@tenantry/db'
import type pg from 'pg'
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
 * @throws an error that names the database that does not answer
 */
export async function prepare(
  { controlUrl, firstCluster, masterKey }: Preparation,
  log: Logger,
): Promise<void> {
  const turn = await openTurn(controlUrl)
  try {
    await turn.query("select pg_advisory_lock(hashtext('tenantry.prepare'))")
    await migrateControl(controlUrl)
    const { db, pool } = openControl(controlUrl, { name: 'tenantry prepare', max: 2 })
    try {
      await ensureSystemUser(db)
      // No verb that needs the queue runs here.
      const core: CoreContext = { db, log, queue: { wake: () => Promise.reject(new Error('no queue yet')) } }
      if (firstCluster) {
        await addCluster(core, masterKey, firstCluster, (id) => prepareQueues(controlUrl, [id]))
      }
      await prepareQueues(controlUrl, await upgradeClusters(core, masterKey))
    } finally {
      await pool.end()
    }
  } finally {
    await turn.end()
  }
}

async function openTurn(controlUrl: string): Promise<pg.Client> {
  try {
    return await openClient(controlUrl, 'tenantry prepare')
  } catch (cause) {
    const { message, code } = cause as NodeJS.ErrnoException
    const { host, pathname } = new URL(controlUrl)
    throw new Error(
      `the control database (${host}${pathname}) does not answer: ${message || code}. Check DATABASE_URL, and that PostgreSQL runs.`,
      { cause },
    )
  }
}
