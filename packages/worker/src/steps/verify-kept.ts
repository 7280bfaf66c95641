import type { Step } from './step.ts'
import { tenantOf } from './tenant-of.ts'

/** What was put away is not what comes back. */
class FingerprintChanged extends Error {
  readonly code = 'TN010'
  readonly action = 'Find out who changed the archived schema. It stays archived.'
}

/** The schema is, object for object, what it was when it was last verified. */
export const verifyKept: Step = {
  name: 'verify',
  async up({ worker, claimed, journal }) {
    const { fingerprint, schemaName } = tenantOf(claimed)
    const { rows } = await worker.clusters
      .pool(claimed.cluster)
      .query<{ fingerprint: string }>('select tenantry.fingerprint($1) as fingerprint', [schemaName])
    const found = rows[0]?.fingerprint
    if (found !== fingerprint) throw new FingerprintChanged(`fingerprint ${found} is not ${fingerprint}`)
    journal.log('info', `Fingerprint ${fingerprint?.slice(0, 12)} as it was put away`)
    return { fingerprint }
  },
}
