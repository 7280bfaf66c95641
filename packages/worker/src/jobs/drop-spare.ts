import { requestComparison } from '@tenantry/core'
import { spare, tenant } from '@tenantry/db/schema'
import { and, eq, sql } from 'drizzle-orm'
import { dropRoles, dropSchema, endOwnSessions } from '../steps/drop-lane.ts'
import { recallLeftover } from '../steps/recall.ts'
import type { Job } from '../steps/step.ts'
import { laneOf } from '../steps/tenant-of.ts'

/** Drops a schema that belongs to no tenant, with its roles. When it fails the spare stays to be dropped. */
export const dropSpareJob: Job = {
  steps: [recallLeftover, endOwnSessions, dropSchema, dropRoles],
  async succeeded({ claimed }, tx) {
    // What a tenant that is gone had left behind was never a spare.
    await tx
      .update(spare)
      .set({ state: 'dropped' })
      .where(and(eq(spare.id, laneOf(claimed).id), eq(spare.state, 'left')))
    // A tenant that was moved away from here may come back: its fence is then above all that its old lane has seen.
    await tx
      .update(tenant)
      .set({ fence: sql`greatest(${tenant.fence}, ${claimed.operation.fence})` })
      .where(eq(tenant.id, laneOf(claimed).id))
    if (claimed.operation.input.recall) await requestComparison(tx, claimed.cluster.id)
  },
  async failed({ claimed }, tx) {
    await requestComparison(tx, claimed.cluster.id)
  },
}
