import type { Database } from '@tenantry/db'
import type { KnownCluster } from '@tenantry/db/cluster'
import { cluster } from '@tenantry/db/schema'

export type ClusterRow = typeof cluster.$inferSelect

/** A registration as what the checks hold a database against. */
export function knownOf(row: ClusterRow): KnownCluster {
  return {
    name: row.name,
    endpoint: row.endpoint,
    systemIdentifier: row.systemIdentifier,
    databaseOid: row.databaseOid ?? 0,
    installationId: row.installationId,
    detached: row.state === 'detached',
  }
}

/** Every cluster that is or was registered. */
export async function knownClusters(db: Database): Promise<KnownCluster[]> {
  return (await db.select().from(cluster)).map(knownOf)
}
