import { recordGivenUp } from '@tenantry/core'
import { tenant } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { closeGuardedScripts } from '../steps/guarded-scripts.ts'
import { activate } from '../steps/provision/activate.ts'
import { place } from '../steps/provision/place.ts'
import { roles } from '../steps/provision/roles.ts'
import { schema } from '../steps/provision/schema.ts'
import { seed } from '../steps/provision/seed.ts'
import { template } from '../steps/provision/template.ts'
import { verify } from '../steps/provision/verify.ts'
import type { Job } from '../steps/step.ts'
import { tenantOf } from '../steps/tenant-of.ts'

/** Builds a tenant's schema from its template. */
export const provisionTenantJob: Job = {
  steps: [place, roles, schema, template, seed, verify, activate],
  async succeeded({ claimed, found }, tx) {
    await tx
      .update(tenant)
      .set({
        state: 'active',
        fingerprint: String(found.fingerprint),
        activatedAt: new Date(),
        updatedAt: new Date(),
      })
      .where(eq(tenant.id, tenantOf(claimed).id))
  },
  failed: ({ claimed }, tx, error) => recordGivenUp(tx, claimed.operation, error),
  close: closeGuardedScripts,
}
