import type { Step } from '../step.ts'
import { laneOf } from '../tenant-of.ts'

/** The schema that was built is not the one that the template promises. */
class FingerprintMismatch extends Error {
  readonly code = 'TN010'
  readonly action =
    'Publish a new version of the template: this one’s snapshot no longer gives what it was built from.'
}

/** Hashes every object of the schema and holds it against the template's fingerprint. */
export const verify: Step = {
  name: 'verify',
  async up({ worker, claimed, journal, found }) {
    const lane = laneOf(claimed)
    const expected = claimed.templateVersion?.fingerprint
    const { rows } = await worker.clusters
      .pool(claimed.cluster)
      .query<{ fingerprint: string }>('select tenantry.fingerprint($1) as fingerprint', [lane.schemaName])
    const fingerprint = rows[0]?.fingerprint
    if (!fingerprint || fingerprint !== expected) {
      throw new FingerprintMismatch(`fingerprint ${fingerprint} of ${lane.schemaName} is not ${expected}`)
    }
    found.fingerprint = fingerprint
    journal.log('info', `Fingerprint ${fingerprint.slice(0, 12)} as the template promises`)
    return { fingerprint }
  },
}
