import { detachClusterInput, TenantryError, whyInUse } from '@tenantry/contracts'
import { clusterUse } from '@tenantry/db'
import { cluster } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { readPlacement } from '../placement/read-placement.ts'
import { defineVerb } from '../run-verb.ts'
import { lockCluster } from './lock-cluster.ts'

/**
 * Lets go of a cluster on which nothing is left: its secrets are erased, workers leave it, its history stays. The database
 * itself is not touched; it can be added again.
 */
export const detachCluster = defineVerb({
  action: 'cluster.detach',
  permission: 'cluster.write',
  severe: () => true,
  input: detachClusterInput,
  async run({ tx, audit }, { clusterId, ifVersion, reason, confirmName }) {
    const before = await lockCluster(tx, 'cluster.detach', { clusterId, ifVersion })
    if (confirmName !== before.name) {
      throw new TenantryError('invalid_input', `“${confirmName}” is not the name of this cluster.`, {
        field: 'confirmName',
        action: `Type ${before.name} to confirm.`,
      })
    }
    // Under the lock: what is placed meanwhile waits, and is then refused.
    const use = await clusterUse(tx, clusterId)
    const left = whyInUse(use)
    if (left) {
      throw new TenantryError('cluster_in_use', `${before.name} cannot be detached: ${left}`, {
        action: 'Move or purge its tenants, discard the failed ones, then try again.',
        ...use,
      })
    }
    const { policy } = await readPlacement(tx)
    if (policy.strategy === 'pinned' && policy.clusterId === clusterId) {
      throw new TenantryError('cluster_in_use', `${before.name} is where placement puts every new tenant.`, {
        action: 'Choose another placement policy first.',
        ...use,
      })
    }
    const [after] = await tx
      .update(cluster)
      .set({
        state: 'detached',
        stateReason: reason,
        adminUrl: '',
        workerUrl: '',
        fault: null,
        capacity: null,
      })
      .where(eq(cluster.id, clusterId))
      .returning()
    audit({
      target: { kind: 'cluster', id: clusterId },
      before: { name: before.name, state: before.state, ...before.endpoint },
      after: { name: before.name, state: 'detached', reason },
    })
    return { id: clusterId, name: before.name, rowVersion: after?.rowVersion ?? before.rowVersion }
  },
})
