import { cordonClusterInput, uncordonClusterInput } from '@tenantry/contracts'
import { cluster } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb, type VerbContext } from '../run-verb.ts'
import { lockCluster } from './lock-cluster.ts'

/** Keeps new tenants off a cluster; what is there goes on. */
export const cordonCluster = defineVerb({
  action: 'cluster.cordon',
  permission: 'cluster.write',
  input: cordonClusterInput,
  async run(context, { reason, ...which }) {
    const before = await lockCluster(context.tx, 'cluster.cordon', which)
    return turn(context, before, { state: 'cordoned', stateReason: reason })
  },
})

/** Lets a cordoned cluster take new tenants again. */
export const uncordonCluster = defineVerb({
  action: 'cluster.uncordon',
  permission: 'cluster.write',
  input: uncordonClusterInput,
  async run(context, which) {
    const before = await lockCluster(context.tx, 'cluster.uncordon', which)
    return turn(context, before, { state: 'active', stateReason: null })
  },
})

async function turn(
  { tx, audit }: VerbContext,
  before: typeof cluster.$inferSelect,
  change: { state: 'active' | 'cordoned'; stateReason: string | null },
) {
  const [after] = await tx.update(cluster).set(change).where(eq(cluster.id, before.id)).returning()
  if (!after) throw new Error(`cluster ${before.id} vanished under its lock`)
  audit({
    target: { kind: 'cluster', id: before.id },
    before: { name: before.name, state: before.state, reason: before.stateReason },
    after: { name: before.name, state: after.state, reason: after.stateReason },
  })
  return { id: after.id, state: after.state, stateReason: after.stateReason, rowVersion: after.rowVersion }
}
