import type { WantedCluster } from '@tenantry/core'
import type { Environment } from '../env.ts'
import type { EmbeddedDatabases } from './embedded-databases.ts'

/** The clusters that this process is told to have: the one that the settings name, else the two of the embedded server. */
export function wantedClusters(
  settings: Environment,
  embedded: EmbeddedDatabases | undefined,
): WantedCluster[] {
  const {
    TENANTRY_CLUSTER_URL: url,
    TENANTRY_CLUSTER_NAME: name,
    TENANTRY_CLUSTER_CONCURRENCY: maxConcurrency,
  } = settings
  if (url) return [{ name: name ?? 'main', adminUrl: url, maxConcurrency }]
  if (!embedded) return []
  const [first, second] = embedded.clusterUrls
  return [
    { name: name ?? 'eu-1', adminUrl: first, maxConcurrency, labels: { region: 'eu', zone: 'a' } },
    {
      name: name ? `${name}-2` : 'eu-2',
      adminUrl: second,
      maxConcurrency,
      labels: { region: 'eu', zone: 'b' },
    },
  ]
}
