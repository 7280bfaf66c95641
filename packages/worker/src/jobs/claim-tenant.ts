import { recordGivenUp } from '@tenantry/core'
import { tenant } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { claimSpare } from '../steps/pool/claim-spare.ts'
import type { Job } from '../steps/step.ts'
import { tenantOf } from '../steps/tenant-of.ts'

/** Gives a tenant a ready schema of the warm pool. The registry knows its fingerprint since it was taken. */
export const claimTenantJob: Job = {
  steps: [claimSpare],
  async succeeded({ claimed }, tx) {
    await tx
      .update(tenant)
      .set({ state: 'active', activatedAt: new Date(), updatedAt: new Date() })
      .where(eq(tenant.id, tenantOf(claimed).id))
  },
  failed: ({ claimed }, tx, error) => recordGivenUp(tx, claimed.operation, error),
}
