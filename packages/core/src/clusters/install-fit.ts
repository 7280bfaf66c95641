import { randomBytes } from 'node:crypto'
import { type ClusterCheck, TenantryError } from '@tenantry/contracts'
import { checkCluster, type InstalledCluster, installCluster } from '@tenantry/db/cluster'
import type { CoreContext } from '../core-context.ts'
import { type ClusterRow, knownClusters, knownOf } from './known-clusters.ts'
import { endpointOf, passwordOf, unsealReach } from './reach.ts'
import { requireFit } from './require-fit.ts'

export interface FitDatabase {
  readonly adminUrl: string
  readonly installed: InstalledCluster
  readonly checks: readonly ClusterCheck[]
  readonly serverVersion: string | null
}

interface Wanted {
  readonly name: string
  readonly adminUrl: string
  readonly maxConcurrency: number
}

/**
 * Looks at the database behind `adminUrl`, and installs Tenantry's side of it when no check finds an error. Outside of any
 * transaction: a far server may take seconds.
 * @param self the registered cluster that it must be; left out: a new one
 * @throws TenantryError `cluster_unreachable`, `cluster_unfit`
 */
export async function installFit(core: CoreContext, wanted: Wanted, self?: ClusterRow): Promise<FitDatabase> {
  const { adminUrl, maxConcurrency } = wanted
  const { host, port, database } = endpointOf(adminUrl)
  const called = `${wanted.name} (${host}:${port}/${database})`
  const { checks, serverVersion } = await checkCluster(adminUrl, {
    maxConcurrency,
    known: await knownClusters(core.db),
    self: self && knownOf(self),
    linkLocal: core.linkLocalClusters ?? false,
  })
  requireFit(checks, called)
  const workerPassword = keptPassword(core, self) ?? randomBytes(32).toString('base64url')
  try {
    return { adminUrl, installed: await installCluster(adminUrl, { workerPassword }), checks, serverVersion }
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause)
    throw new TenantryError(
      'cluster_unfit',
      `Tenantry’s side could not be installed on ${called}: ${words}.`,
      { field: 'adminUrl', action: 'The database is as it was. Mend what the server says, then try again.' },
      { cause },
    )
  }
}

/** Workers are at work with it; one that cannot be opened any more is replaced. */
function keptPassword({ vault }: CoreContext, self: ClusterRow | undefined): string | undefined {
  try {
    return self && passwordOf(unsealReach(vault, self).workerUrl)
  } catch {
    return undefined
  }
}
