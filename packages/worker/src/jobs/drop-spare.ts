import { spare } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
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
  },
  async failed() {},
}
