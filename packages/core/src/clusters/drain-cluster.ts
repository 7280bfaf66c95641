import { drainClusterInput, TenantryError } from '@tenantry/contracts'
import { cluster } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { chooseTenants } from '../bulk/choose-tenants.ts'
import { findRepeatedBulk, insertBulk } from '../bulk/insert-bulk.ts'
import { whyClosed } from '../placement/choose-placement.ts'
import { placementCandidates } from '../placement/place-tenant.ts'
import { defineVerb } from '../run-verb.ts'
import { lockCluster } from './lock-cluster.ts'

/**
 * Empties a cluster: cordons it, and asks for every active and suspended tenant to be moved to where placement puts it when
 * its turn comes. What cannot be moved stays: archived, failed and provisioning tenants.
 */
export const drainCluster = defineVerb({
  action: 'cluster.drain',
  permission: 'cluster.write',
  input: drainClusterInput,
  alsoNeeds: () => ['bulk.run', 'tenant.move'],
  async run(context, input) {
    const repeated = await findRepeatedBulk(context, input.idempotencyKey, input)
    if (repeated) return repeated
    const { tx, audit } = context
    const { clusterId, reason } = input
    const before = await lockCluster(tx, 'cluster.drain', input)
    const others = (await placementCandidates(tx)).filter(({ id }) => id !== clusterId)
    if (others.every((one) => whyClosed(one))) {
      throw new TenantryError('no_cluster', `No other cluster takes the tenants of ${before.name}.`, {
        action: 'Add a cluster, lift a cordon or raise a limit, then drain it.',
      })
    }
    const filter = { clusterId }
    const ids = await chooseTenants(tx, { kind: 'tenant.move', target: { filter } }, input.expectCount)
    if (before.state === 'active') {
      await tx
        .update(cluster)
        .set({ state: 'cordoned', stateReason: reason })
        .where(eq(cluster.id, clusterId))
    }
    const items = ids.map((tenantId, index) => ({ ordinal: index + 1, tenantId }))
    const request = { kind: 'tenant.move', idempotencyKey: input.idempotencyKey, reason, filter } as const
    const started = await insertBulk(
      { ...context, audit: (entry) => audit({ ...entry, action: 'bulk.start' }) },
      request,
      items,
      input,
    )
    audit({
      target: { kind: 'cluster', id: clusterId },
      before: { name: before.name, state: before.state },
      after: { name: before.name, state: 'cordoned', reason, tenants: ids.length, bulkId: started.bulkId },
    })
    return started
  },
})
