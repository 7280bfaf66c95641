import { sourceOf } from '../copy/source-of.ts'
import { onLane } from '../on-lane.ts'
import type { Step, StepContext } from '../step.ts'

interface Whereabouts {
  readonly server: string
  readonly tenants_role: string
}

/**
 * Closes the tenant where it is, as a suspension does: logins first and committed, then the schema, then sessions. From
 * here on nothing is written that the copy could miss. The way back opens what was open.
 */
export const closeSource: Step = {
  name: 'close',
  async up(context) {
    const { worker, claimed, journal } = context
    const { id, cluster, fence } = sourceOf(claimed)
    await set(context, 'logins', false, false)
    await set(context, 'usage', false, false)
    const { rows } = await worker.clusters
      .pool(cluster)
      .query<{ ended: number }>('select tenantry.end_app_sessions($1, $2) as ended', [id, fence])
    const ended = rows[0]?.ended ?? 0
    const group = await sharedGroup(context)
    if (group) {
      await onLane(context, letIn, ['let in', false, group], cluster)
      journal.log('info', `${claimed.cluster.name} is on the same server: the roles are let into it`)
    }
    journal.log('info', `Closed on ${cluster.name}; sessions ended: ${ended}`)
    return { ended, sameServer: group !== undefined }
  },
  async down(context) {
    const { claimed } = context
    const { cluster, state } = sourceOf(claimed)
    const group = await sharedGroup(context)
    if (group) await onLane(context, letIn, ['let in', true, group], cluster)
    // A suspended tenant was closed before.
    const open = state !== 'suspended'
    await set(context, 'usage', true, open)
    await set(context, 'logins', true, open)
  },
}

const letIn = 'tenantry.let_roles_into($1, $2, $3, $5, $6, $7)'

const set = (context: StepContext, what: 'logins' | 'usage', undo: boolean, allowed: boolean) =>
  onLane<boolean>(
    context,
    `tenantry.set_tenant_${what}($1, $2, $3, $5, $6, $7)`,
    [what, undo, allowed],
    sourceOf(context.claimed).cluster,
  )

/** The group of the target's tenants, where both databases are on one server and so have the same roles. */
async function sharedGroup({ worker, claimed }: StepContext): Promise<string | undefined> {
  const [here, there] = await Promise.all(
    [sourceOf(claimed).cluster, claimed.cluster].map(async (cluster) => {
      const { rows } = await worker.clusters
        .pool(cluster)
        .query<Whereabouts>('select server, tenants_role from tenantry.whereabouts()')
      return rows[0]
    }),
  )
  return here && there && here.server === there.server ? there.tenants_role : undefined
}
