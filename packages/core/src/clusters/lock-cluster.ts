import { type ClusterAction, TenantryError, whyNotOnCluster } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { cluster } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import type { ClusterRow } from './known-clusters.ts'

/** @throws TenantryError `not_found` */
export async function findCluster(db: Database, id: string): Promise<ClusterRow> {
  const [row] = await db.select().from(cluster).where(eq(cluster.id, id))
  if (row) return row
  throw new TenantryError('not_found', `There is no cluster ${id}.`, { action: 'Go back to the list.' })
}

/**
 * The cluster, locked until the transaction ends, in a state in which the action is lawful and as whoever asks saw it.
 * @param ifVersion the row version that was seen; left out: whatever it is
 * @throws TenantryError `not_found`, `unlawful_transition`, `version_conflict`
 */
export async function lockCluster(
  tx: Database,
  action: ClusterAction,
  { clusterId, ifVersion }: { clusterId: string; ifVersion?: number | undefined },
): Promise<ClusterRow> {
  await tx.select({ id: cluster.id }).from(cluster).where(eq(cluster.id, clusterId)).for('update')
  const row = await findCluster(tx, clusterId)
  const reason = whyNotOnCluster(action, row.state)
  if (reason) {
    throw new TenantryError('unlawful_transition', `${row.name}: ${reason}`, {
      action: 'Reload: its state may have changed since you looked.',
    })
  }
  if (ifVersion !== undefined && row.rowVersion !== ifVersion) {
    throw new TenantryError(
      'version_conflict',
      `${row.name} was changed by somebody else since you opened it.`,
      {
        action: 'Look at the new values, then make your change again.',
        current: {
          name: row.name,
          state: row.state,
          labels: row.labels,
          limits: row.limits,
          maxConcurrency: row.maxConcurrency,
        },
        rowVersion: row.rowVersion,
      },
    )
  }
  return row
}
