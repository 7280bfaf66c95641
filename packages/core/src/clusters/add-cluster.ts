import { randomBytes } from 'node:crypto'
import { TenantryError } from '@tenantry/contracts'
import { newId, openClient, seal, unseal } from '@tenantry/db'
import { installCluster } from '@tenantry/db/cluster'
import { type ClusterEndpoint, cluster } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { systemActor } from '../actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { CoreContext } from '../core-context.ts'

export interface WantedCluster {
  readonly name: string
  /** A superuser of the database that tenants shall live in. */
  readonly adminUrl: string
  /** Operations at once; what it had, or the default, when left out. */
  readonly maxConcurrency?: number
}

type ClusterRow = typeof cluster.$inferSelect

/**
 * Makes the database behind `adminUrl` a cluster of this name: installs Tenantry's side of it, makes its queue, keeps its
 * connection strings sealed. Safe to repeat; a changed address is taken over. A cluster that is registered under this
 * very address is left to `upgradeClusters`, so that one that is down stops nobody's start.
 * @param makeQueue makes the queue of a cluster id, before anything can be sent to it
 * @throws TenantryError `invalid_input` for the control database, or a database that is a cluster under another name
 */
export async function addCluster(
  core: CoreContext,
  masterKey: Buffer,
  wanted: WantedCluster,
  makeQueue: (clusterId: string) => Promise<void>,
): Promise<string> {
  const { name, adminUrl } = wanted
  const endpoint = endpointOf(adminUrl)
  const all = await core.db.select().from(cluster)
  const known = all.find((row) => row.name === name)
  if (known && unseal(masterKey, `cluster:${known.id}:admin`, known.adminUrl) === adminUrl) {
    await setConcurrency(core, known, wanted.maxConcurrency)
    return known.id
  }
  await refuseWrongDatabase(adminUrl, name, all)
  const id = known?.id ?? newId('cl')
  const workerPassword = known
    ? decodeURIComponent(new URL(unseal(masterKey, `cluster:${id}:worker`, known.workerUrl)).password)
    : randomBytes(32).toString('base64url')
  const { workerUrl } = await installCluster(adminUrl, { workerPassword })
  await makeQueue(id)
  const reach = {
    endpoint,
    adminUrl: seal(masterKey, `cluster:${id}:admin`, adminUrl),
    workerUrl: seal(masterKey, `cluster:${id}:worker`, workerUrl),
    ...(wanted.maxConcurrency ? { maxConcurrency: wanted.maxConcurrency } : {}),
  }
  await core.db.transaction(async (tx) => {
    if (known) await tx.update(cluster).set(reach).where(eq(cluster.id, id))
    else await tx.insert(cluster).values({ id, name, ...reach })
    await appendAudit(tx, systemActor, {
      action: 'cluster.add',
      outcome: 'succeeded',
      target: { kind: 'cluster', id },
      ...(known ? { before: { ...known.endpoint } } : {}),
      after: { name, ...endpoint },
    })
  })
  return id
}

function endpointOf(url: string): ClusterEndpoint {
  const { hostname, port, pathname } = new URL(url)
  return { host: hostname, port: Number(port || 5432), database: decodeURIComponent(pathname.slice(1)) }
}

async function setConcurrency(core: CoreContext, known: ClusterRow, wanted?: number): Promise<void> {
  if (!wanted || wanted === known.maxConcurrency) return
  await core.db.update(cluster).set({ maxConcurrency: wanted }).where(eq(cluster.id, known.id))
}

/** Tenants never share a database with the control plane, nor does a database with itself under another name. */
async function refuseWrongDatabase(
  adminUrl: string,
  name: string,
  all: readonly ClusterRow[],
): Promise<void> {
  const { host, port, database } = endpointOf(adminUrl)
  const admin = await openClient(adminUrl, 'tenantry check').catch((cause) => {
    throw new Error(`cluster ${name} (${host}:${port}/${database}) does not answer: ${cause.message}`, {
      cause,
    })
  })
  try {
    const { rows } = await admin.query<{ control: boolean }>(
      `select to_regclass('control.operation') is not null as control`,
    )
    if (rows[0]?.control) {
      throw new TenantryError('invalid_input', `${database} on ${host} is the control database.`, {
        action: 'Give the cluster a database of its own.',
      })
    }
  } finally {
    await admin.end()
  }
  const twin = all.find(
    (row) =>
      row.name !== name &&
      row.endpoint.host === host &&
      row.endpoint.port === port &&
      row.endpoint.database === database,
  )
  if (!twin) return
  throw new TenantryError('invalid_input', `${database} on ${host} is the cluster ${twin.name} already.`, {
    action: `Keep its name, ${twin.name}, or give the new cluster a database of its own.`,
  })
}
