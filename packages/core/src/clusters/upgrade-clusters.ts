import { openClient } from '@tenantry/db'
import { checkClusterSettings, installCluster } from '@tenantry/db/cluster'
import { cluster } from '@tenantry/db/schema'
import { eq, ne } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import type { ClusterRow } from './known-clusters.ts'
import { passwordOf, unsealReach } from './reach.ts'

/**
 * Brings Tenantry's side of every registered cluster to this release. One that does not answer is left as it is and
 * named in the log: it must not keep the others from being served.
 * @returns the ids of all registered clusters that are not detached
 */
export async function upgradeClusters(core: CoreContext): Promise<string[]> {
  const all = await core.db.select().from(cluster).where(ne(cluster.state, 'detached'))
  for (const row of all) {
    try {
      await upgrade(core, row)
    } catch (err) {
      core.log.warn({ err, cluster: row.name }, 'cluster not upgraded; its operations wait until it answers')
    }
  }
  return all.map(({ id }) => id)
}

async function upgrade(core: CoreContext, row: ClusterRow): Promise<void> {
  const { adminUrl, workerUrl } = unsealReach(core.vault, row)
  const installed = await installCluster(adminUrl, { workerPassword: passwordOf(workerUrl) })
  if (installed.changed) core.log.info({ cluster: row.name }, 'cluster upgraded')
  const { systemIdentifier, databaseOid, installationId } = installed.identity
  // A database that was restored elsewhere has another worker role.
  if (
    installed.workerUrl !== workerUrl ||
    row.databaseOid !== databaseOid ||
    row.installationId !== installationId
  ) {
    await core.db
      .update(cluster)
      .set({
        workerUrl: core.vault.seal(`cluster:${row.id}:worker`, installed.workerUrl),
        systemIdentifier,
        databaseOid,
        installationId,
      })
      .where(eq(cluster.id, row.id))
  }
  await reportSettings(core, row.name, adminUrl)
}

/** Says in the log what about the server weakens the isolation of its tenants. */
async function reportSettings(core: CoreContext, name: string, adminUrl: string): Promise<void> {
  const admin = await openClient(adminUrl, 'tenantry check')
  try {
    for (const { check, outcome, message, mend } of await checkClusterSettings(admin)) {
      core.log[outcome === 'error' ? 'error' : 'warn']({ cluster: name, check, mend }, message)
    }
  } finally {
    await admin.end()
  }
}
