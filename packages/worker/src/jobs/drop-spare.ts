import { spare, tenant } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import { dropRoles, dropSchema, endOwnSessions } from '../steps/drop-lane.ts'
import type { Job } from '../steps/step.ts'
import { laneOf } from '../steps/tenant-of.ts'

/** Drops a schema that belongs to no tenant, with its roles. When it fails the spare stays to be dropped. */
export const dropSpareJob: Job = {
  steps: [endOwnSessions, dropSchema, dropRoles],
  async succeeded({ claimed }, tx) {
    await tx
      .update(spare)
      .set({ state: 'dropped' })
      .where(eq(spare.id, laneOf(claimed).id))
    // A tenant that was moved away from here may come back: its fence is then above all that its old lane has seen.
    await tx
      .update(tenant)
      .set({ fence: sql`greatest(${tenant.fence}, ${claimed.operation.fence})` })
      .where(eq(tenant.id, laneOf(claimed).id))
  },
  async failed() {},
}
