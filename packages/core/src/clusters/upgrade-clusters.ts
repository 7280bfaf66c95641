import { openClient, seal, unseal } from '@tenantry/db'
import { checkClusterSettings, installCluster } from '@tenantry/db/cluster'
import { cluster } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'

/**
 * Brings Tenantry's side of every registered cluster to this release. One that does not answer is left as it is and
 * named in the log: it must not keep the others from being served.
 * @returns the ids of all registered clusters
 */
export async function upgradeClusters(core: CoreContext, masterKey: Buffer): Promise<string[]> {
  const all = await core.db.select().from(cluster)
  for (const { id, name, adminUrl, workerUrl } of all) {
    try {
      const admin = unseal(masterKey, `cluster:${id}:admin`, adminUrl)
      const worker = unseal(masterKey, `cluster:${id}:worker`, workerUrl)
      const workerPassword = decodeURIComponent(new URL(worker).password)
      const installed = await installCluster(admin, { workerPassword })
      if (installed.changed) core.log.info({ cluster: name }, 'cluster upgraded')
      // A database that was restored elsewhere has another worker role.
      if (installed.workerUrl !== worker) {
        const sealed = seal(masterKey, `cluster:${id}:worker`, installed.workerUrl)
        await core.db.update(cluster).set({ workerUrl: sealed }).where(eq(cluster.id, id))
      }
      await reportSettings(core, name, admin)
    } catch (err) {
      core.log.warn({ err, cluster: name }, 'cluster not upgraded; its operations wait until it answers')
    }
  }
  return all.map(({ id }) => id)
}

/** Says in the log what about the server weakens the isolation of its tenants. */
async function reportSettings(core: CoreContext, name: string, adminUrl: string): Promise<void> {
  const admin = await openClient(adminUrl, 'tenantry check')
  try {
    for (const { check, severity, message } of await checkClusterSettings(admin)) {
      core.log[severity === 'error' ? 'error' : 'warn']({ cluster: name, check }, message)
    }
  } finally {
    await admin.end()
  }
}
