import { requestComparison } from '@tenantry/core'
import { spare } from '@tenantry/db/schema'
import { and, eq } from 'drizzle-orm'
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
    if (claimed.operation.input.recall) await requestComparison(tx, claimed.cluster.id)
  },
  async failed({ claimed }, tx) {
    await requestComparison(tx, claimed.cluster.id)
  },
}
