import { type Labels, TenantryError } from '@tenantry/contracts'
import { openClient } from '@tenantry/db'
import { type ClusterIdentity, installCluster, isSameDatabase, readIdentity } from '@tenantry/db/cluster'
import { cluster } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { systemActor } from '../actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { CoreContext } from '../core-context.ts'
import { installFit } from './install-fit.ts'
import { type ClusterRow, knownOf } from './known-clusters.ts'
import { endpointOf, passwordOf, sealReach, unsealReach } from './reach.ts'
import { registerCluster } from './register-cluster.ts'

export interface WantedCluster {
  readonly name: string
  /** A superuser of the database that tenants shall live in. */
  readonly adminUrl: string
  /** These two are of a new cluster; what people have chosen since stays. */
  readonly labels?: Labels
  /** Operations at once; 4 when left out. */
  readonly maxConcurrency?: number
}

/**
 * Sees to it that a database that the settings name is a cluster: at every start. What is registered keeps the name that
 * people have given it, a changed address is taken over, and what people have detached stays detached. A cluster that is
 * registered under this very address is left to `upgradeClusters`, so that one that is down stops nobody's start.
 * @returns the cluster's id; undefined when it was detached
 * @throws TenantryError `cluster_unreachable`, `cluster_unfit`
 */
export async function ensureCluster(core: CoreContext, wanted: WantedCluster): Promise<string | undefined> {
  const all = await core.db.select().from(cluster)
  const living = all.filter(({ state }) => state !== 'detached')
  const unchanged = living.find((row) => isUnder(core, row, wanted.adminUrl))
  if (unchanged) return unchanged.id
  const identity = await whoIs(wanted)
  const known =
    living.find((row) => isSameDatabase(identity, knownOf(row))) ??
    living.find((row) => isNamesake(row, wanted.adminUrl)) ??
    living.find(({ name }) => name === wanted.name)
  if (known) return takeOver(core, known, identity, wanted)
  const detached = all.find(
    (row) => row.installationId !== null && row.installationId === identity.installationId,
  )
  if (detached) {
    core.log.warn({ cluster: detached.name }, 'cluster stays detached; add it in the console to have it back')
    return undefined
  }
  const maxConcurrency = wanted.maxConcurrency ?? 4
  const fit = await installFit(core, { ...wanted, maxConcurrency })
  return core.db.transaction(async (tx) => {
    const { id, name } = await registerCluster(tx, core.vault, { ...wanted, maxConcurrency }, fit)
    await appendAudit(tx, systemActor, {
      action: 'cluster.add',
      outcome: 'succeeded',
      target: { kind: 'cluster', id },
      after: { name, ...endpointOf(wanted.adminUrl) },
    })
    return id
  })
}

/** Registered by a release that did not ask databases who they are; the port of an embedded server changes. */
function isNamesake(row: ClusterRow, adminUrl: string): boolean {
  const { host, database } = endpointOf(adminUrl)
  return row.databaseOid === null && row.endpoint.host === host && row.endpoint.database === database
}

function isUnder({ vault }: CoreContext, row: ClusterRow, adminUrl: string): boolean {
  const { host, port, database } = endpointOf(adminUrl)
  // Others may hold strings that this process cannot open.
  if (row.endpoint.host !== host || row.endpoint.port !== port || row.endpoint.database !== database)
    return false
  return unsealReach(vault, row).adminUrl === adminUrl
}

/** The same cluster at another address: what its database must be for the tenants to be there. */
async function takeOver(
  core: CoreContext,
  known: ClusterRow,
  identity: ClusterIdentity,
  wanted: WantedCluster,
): Promise<string> {
  const { name, adminUrl } = wanted
  const to = endpointOf(adminUrl)
  if (known.installationId !== null && known.installationId !== identity.installationId) {
    throw new TenantryError(
      'cluster_unfit',
      `${to.database} on ${to.host} is not the database of the cluster ${name}: its tenants are not there.`,
      { action: 'Name its database, or choose another TENANTRY_CLUSTER_NAME for a new cluster.' },
    )
  }
  const { workerUrl } = unsealReach(core.vault, known)
  const installed = await installCluster(adminUrl, { workerPassword: passwordOf(workerUrl) })
  const urls = { adminUrl, workerUrl: installed.workerUrl }
  await core.db.transaction(async (tx) => {
    await tx
      .update(cluster)
      .set({
        ...sealReach(core.vault, known.id, urls),
        ...installed.identity,
      })
      .where(eq(cluster.id, known.id))
    await appendAudit(tx, systemActor, {
      action: 'cluster.change',
      outcome: 'succeeded',
      target: { kind: 'cluster', id: known.id },
      before: { ...known.endpoint },
      after: { name: known.name, ...to },
    })
  })
  return known.id
}

async function whoIs({ name, adminUrl }: WantedCluster): Promise<ClusterIdentity> {
  const { host, port, database } = endpointOf(adminUrl)
  const admin = await openClient(adminUrl, 'tenantry check').catch((cause) => {
    throw new TenantryError(
      'cluster_unreachable',
      `cluster ${name} (${host}:${port}/${database}) does not answer: ${cause.message || cause.code}.`,
      { action: 'Check TENANTRY_CLUSTER_URL, and that PostgreSQL runs.' },
      { cause },
    )
  })
  try {
    return await readIdentity(admin)
  } finally {
    await admin.end()
  }
}
