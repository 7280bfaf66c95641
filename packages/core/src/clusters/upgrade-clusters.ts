import { unseal } from '@tenantry/db'
import { installCluster } from '@tenantry/db/cluster'
import { cluster } from '@tenantry/db/schema'
import type { CoreContext } from '../core-context.ts'

/**
 * Brings Tenantry's side of every registered cluster to this release. One that does not answer is left as it is and
 * named in the log: it must not keep the others from being served.
 * @returns the ids of all registered clusters
 */
export async function upgradeClusters(core: CoreContext, masterKey: Buffer): Promise<string[]> {
  const all = await core.db.select().from(cluster)
  for (const { id, name, adminUrl, workerUrl } of all) {
    const worker = new URL(unseal(masterKey, `cluster:${id}:worker`, workerUrl))
    const workerPassword = decodeURIComponent(worker.password)
    try {
      const { changed } = await installCluster(unseal(masterKey, `cluster:${id}:admin`, adminUrl), {
        workerPassword,
      })
      if (changed) core.log.info({ cluster: name }, 'cluster upgraded')
    } catch (err) {
      core.log.warn({ err, cluster: name }, 'cluster not upgraded; its operations wait until it answers')
    }
  }
  return all.map(({ id }) => id)
}
