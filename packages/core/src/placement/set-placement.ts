import { setPlacementInput, TenantryError } from '@tenantry/contracts'
import { setting } from '@tenantry/db/schema'
import { sql } from 'drizzle-orm'
import { findCluster } from '../clusters/lock-cluster.ts'
import { defineVerb } from '../run-verb.ts'
import { readPlacement } from './read-placement.ts'

/** Changes how the clusters of new tenants are chosen; tenants that are there stay where they are. */
export const setPlacement = defineVerb({
  action: 'placement.set',
  permission: 'cluster.write',
  input: setPlacementInput,
  async run({ tx, actor, audit }, { policy, ifSetAt }) {
    // There may be no row to lock yet.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('tenantry.placement'))`)
    const before = await readPlacement(tx)
    if (before.setAt !== ifSetAt) {
      throw new TenantryError(
        'version_conflict',
        'Somebody else has changed the placement policy since you opened it.',
        { action: 'Look at the new policy, then make your change again.', current: { ...before } },
      )
    }
    if (policy.strategy === 'pinned') {
      const { name, state } = await findCluster(tx, policy.clusterId)
      if (state === 'detached') {
        throw new TenantryError('invalid_input', `Cluster ${name} is detached.`, {
          field: 'policy.clusterId',
          action: 'Pin placement to a cluster that takes tenants.',
        })
      }
    }
    const value = { value: policy, updatedBy: actor.userId, updatedAt: new Date() }
    await tx
      .insert(setting)
      .values({ key: 'placement', ...value })
      .onConflictDoUpdate({ target: setting.key, set: value })
    audit({
      target: { kind: 'setting', id: 'placement' },
      before: { ...before.policy },
      after: { ...policy },
    })
    return readPlacement(tx)
  },
})
