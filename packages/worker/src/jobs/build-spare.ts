import { recordGivenUp } from '@tenantry/core'
import { spare } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { closeGuardedScripts } from '../steps/guarded-scripts.ts'
import { sealSpare } from '../steps/pool/seal-spare.ts'
import { activate } from '../steps/provision/activate.ts'
import { place } from '../steps/provision/place.ts'
import { roles } from '../steps/provision/roles.ts'
import { schema } from '../steps/provision/schema.ts'
import { seed } from '../steps/provision/seed.ts'
import { template } from '../steps/provision/template.ts'
import type { Job } from '../steps/step.ts'
import { laneOf } from '../steps/tenant-of.ts'

/** Builds one schema of the warm pool: a provision for nobody yet. */
export const buildSpareJob: Job = {
  steps: [place, roles, schema, template, seed, sealSpare, activate],
  async succeeded({ claimed, found }, tx) {
    await tx
      .update(spare)
      .set({ state: 'ready', fingerprint: String(found.fingerprint), readyAt: new Date() })
      .where(eq(spare.id, laneOf(claimed).id))
  },
  failed: ({ claimed }, tx, error) => recordGivenUp(tx, claimed.operation, error),
  close: closeGuardedScripts,
}
