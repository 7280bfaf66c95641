import { tenant } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { onLane } from '../steps/on-lane.ts'
import type { Job } from '../steps/step.ts'
import { tenantOf } from '../steps/tenant-of.ts'

/** Sweeps what a failed provision may have left on its cluster. Going forward is taking back, so it has no way back. */
export const discardTenantJob: Job = {
  steps: [
    {
      name: 'sessions',
      async up({ worker, claimed }) {
        const { rows } = await worker.clusters
          .pool(claimed.cluster)
          .query('select tenantry.end_sessions($1, $2) as ended', [
            tenantOf(claimed).id,
            claimed.operation.fence,
          ])
        return { ended: rows[0].ended }
      },
    },
    {
      name: 'schema',
      async up(context) {
        return { dropped: await onLane<boolean>(context, 'tenantry.drop_tenant_schema($1, $2, $3)') }
      },
    },
    {
      name: 'roles',
      async up(context) {
        return { dropped: await onLane<boolean>(context, 'tenantry.drop_tenant_roles($1, $2, $3)') }
      },
    },
  ],
  async succeeded({ claimed }, tx) {
    await tx
      .update(tenant)
      .set({ state: 'discarded', updatedAt: new Date() })
      .where(eq(tenant.id, tenantOf(claimed).id))
  },
  // It stays failed, and can be discarded again.
  async failed() {},
}
