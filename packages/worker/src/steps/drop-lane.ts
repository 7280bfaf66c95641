import { dropInBatches } from './drop-objects.ts'
import { onLane } from './on-lane.ts'
import type { Step } from './step.ts'
import { laneOf } from './tenant-of.ts'

/** Ends what earlier attempts left running; from here on no older one can begin. */
export const endOwnSessions: Step = {
  name: 'sessions',
  async up({ worker, claimed }) {
    const { rows } = await worker.clusters
      .pool(claimed.cluster)
      .query('select tenantry.end_sessions($1, $2) as ended', [laneOf(claimed).id, claimed.operation.fence])
    return { ended: rows[0].ended }
  },
}

/** Drops the schema with all that is in it, if Tenantry made it. Going forward is taking back, so there is no way back. */
export const dropSchema: Step = {
  name: 'schema',
  async up(context) {
    await dropInBatches(context, true)
    return { dropped: await onLane<boolean>(context, 'tenantry.drop_tenant_schema($1, $2, $3)') }
  },
}

/** Drops the roles; what remains of the lane remembers its fence. */
export const dropRoles: Step = {
  name: 'roles',
  async up(context) {
    return { dropped: await onLane<boolean>(context, 'tenantry.drop_tenant_roles($1, $2, $3)') }
  },
}
