import type { ClusterLimits, ClusterState, Labels } from '@tenantry/contracts'
import { type Database, newId, type Vault } from '@tenantry/db'
import { cluster } from '@tenantry/db/schema'
import { sql } from 'drizzle-orm'
import type { FitDatabase } from './install-fit.ts'
import type { ClusterRow } from './known-clusters.ts'
import { sealReach } from './reach.ts'

export interface NewCluster {
  readonly name: string
  readonly labels?: Labels
  readonly limits?: ClusterLimits
  readonly maxConcurrency: number
  readonly state?: ClusterState
}

/** The columns that tell which database a cluster is and how it was when somebody last looked through and through. */
export function seenColumns({ installed, checks, serverVersion }: FitDatabase) {
  const { systemIdentifier, databaseOid, installationId } = installed.identity
  return {
    systemIdentifier,
    databaseOid,
    installationId,
    checks,
    checksAt: new Date(),
    ...(serverVersion ? { serverVersion } : {}),
  }
}

/** Makes the queue and the row of a cluster whose side is installed; the queue first: what is placed must find it. */
export async function registerCluster(
  tx: Database,
  vault: Vault,
  wanted: NewCluster,
  fit: FitDatabase,
): Promise<ClusterRow> {
  const id = newId('cl')
  await tx.execute(sql`select control.create_cluster_queue(${id})`)
  const [row] = await tx
    .insert(cluster)
    .values({
      id,
      name: wanted.name,
      state: wanted.state ?? 'active',
      labels: wanted.labels ?? {},
      limits: wanted.limits ?? {},
      maxConcurrency: wanted.maxConcurrency,
      ...sealReach(vault, id, { adminUrl: fit.adminUrl, workerUrl: fit.installed.workerUrl }),
      ...seenColumns(fit),
    })
    .returning()
  if (!row) throw new Error('the new cluster has no row')
  return row
}
