import { TenantryError } from '@tenantry/contracts'
import type { Vault } from '@tenantry/db'
import type { ClusterEndpoint } from '@tenantry/db/schema'

/** Where a connection string leads, without its secrets. */
export function endpointOf(url: string): ClusterEndpoint {
  const { hostname, port, pathname } = new URL(url)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 5432),
    database: decodeURIComponent(pathname.slice(1)),
  }
}

/** The columns that say how a cluster is reached; both strings sealed for this cluster alone. */
export function sealReach(vault: Vault, id: string, urls: { adminUrl: string; workerUrl: string }) {
  return {
    endpoint: endpointOf(urls.adminUrl),
    adminUrl: vault.seal(`cluster:${id}:admin`, urls.adminUrl),
    workerUrl: vault.seal(`cluster:${id}:worker`, urls.workerUrl),
  }
}

/** @throws TenantryError `cluster_unreachable` when they were sealed with another master key */
export function unsealReach(
  vault: Vault,
  row: { id: string; name: string; adminUrl: string; workerUrl: string },
) {
  try {
    return {
      adminUrl: vault.unseal(`cluster:${row.id}:admin`, row.adminUrl),
      workerUrl: vault.unseal(`cluster:${row.id}:worker`, row.workerUrl),
    }
  } catch (cause) {
    throw new TenantryError(
      'cluster_unreachable',
      `The address of cluster ${row.name} cannot be opened: it was sealed with another master key.`,
      { action: 'Start with the master key that it was sealed with, or give the cluster its address again.' },
      { cause },
    )
  }
}

/** The password in a connection string. */
export const passwordOf = (url: string) => decodeURIComponent(new URL(url).password)
