import {
  type CoreContext,
  ensureCluster,
  ensureSystemUser,
  installBuiltinRules,
  prepareQueues,
  upgradeClusters,
  type WantedCluster,
} from '@tenantry/core'
import { migrateControl, openClient, openControl, openVault } from '@tenantry/db'
import type pg from 'pg'
import type { Logger } from 'pino'

export interface Preparation {
  readonly controlUrl: string
  /** That the settings name, beside those that are registered already. */
  readonly clusters: readonly WantedCluster[]
  readonly masterKey: Buffer
  readonly linkLocalClusters: boolean
}

/**
 * Brings the databases to this release before anything is served: control schema, queues, clusters. Processes that
 * start together take turns.
 * @throws an error that names the database that does not answer
 */
export async function prepare(
  { controlUrl, clusters, masterKey, linkLocalClusters }: Preparation,
  log: Logger,
): Promise<void> {
  const turn = await openTurn(controlUrl)
  try {
    await turn.query("select pg_advisory_lock(hashtext('tenantry.prepare'))")
    await migrateControl(controlUrl)
    const { db, pool } = openControl(controlUrl, { name: 'tenantry prepare', max: 2 })
    try {
      await ensureSystemUser(db)
      await installBuiltinRules(db)
      await prepareQueues(controlUrl, [])
      const core: CoreContext = {
        db,
        log,
        vault: openVault(masterKey),
        linkLocalClusters,
        // No verb that needs the queue runs here.
        queue: { wake: () => Promise.reject(new Error('no queue yet')) },
      }
      for (const wanted of clusters) await ensureCluster(core, wanted)
      await prepareQueues(controlUrl, await upgradeClusters(core))
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
