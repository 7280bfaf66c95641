import { randomBytes } from 'node:crypto'
import { newId, seal, unseal } from '@tenantry/db'
import { installCluster } from '@tenantry/db/cluster'
import { cluster } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { systemActor } from '../actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { CoreContext } from '../core-context.ts'

/**
 * Makes the database behind `adminUrl` a cluster of this name: installs or upgrades Tenantry's side of it, and keeps its
 * connection strings sealed. Safe to repeat; a changed address is taken over.
 * @returns the cluster's id
 */
export async function addCluster(
  core: CoreContext,
  masterKey: Buffer,
  wanted: { name: string; adminUrl: string; maxConcurrency?: number },
): Promise<string> {
  const { name, adminUrl } = wanted
  const [known] = await core.db.select().from(cluster).where(eq(cluster.name, name))
  const id = known?.id ?? newId('cl')
  const workerPassword = known
    ? decodeURIComponent(new URL(unseal(masterKey, `cluster:${id}:worker`, known.workerUrl)).password)
    : randomBytes(32).toString('base64url')
  const { workerUrl } = await installCluster(adminUrl, { workerPassword })
  const { hostname, port, pathname } = new URL(adminUrl)
  const endpoint = {
    host: hostname,
    port: Number(port || 5432),
    database: decodeURIComponent(pathname.slice(1)),
  }
  const reach = {
    endpoint,
    adminUrl: seal(masterKey, `cluster:${id}:admin`, adminUrl),
    workerUrl: seal(masterKey, `cluster:${id}:worker`, workerUrl),
  }
  await core.db.transaction(async (tx) => {
    if (known) {
      await tx.update(cluster).set(reach).where(eq(cluster.id, id))
      return
    }
    await tx.insert(cluster).values({
      id,
      name,
      ...reach,
      ...(wanted.maxConcurrency ? { maxConcurrency: wanted.maxConcurrency } : {}),
    })
    await appendAudit(tx, systemActor, {
      action: 'cluster.add',
      outcome: 'succeeded',
      target: { kind: 'cluster', id },
      after: { name },
    })
  })
  return id
}
