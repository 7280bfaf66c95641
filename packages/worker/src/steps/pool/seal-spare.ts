import { onLane } from '../on-lane.ts'
import type { Step } from '../step.ts'
import { laneOf } from '../tenant-of.ts'

/** The schema is right as it stands, and would not be under the name of the tenant that takes it. */
class SpareNamesItself extends Error {
  readonly code = 'TN021'
  readonly action =
    'Write the template’s functions without the schema’s name, or keep no pool of it: its tenants are then built.'
}

class FingerprintMismatch extends Error {
  readonly code = 'TN010'
  readonly action =
    'Publish a new version of the template: this one’s snapshot no longer gives what it was built from.'
}

/**
 * Holds the schema against the template's fingerprint, looking at it under another name, as the tenant that takes it
 * will have it, and seals it: the claim sees in a millisecond that nothing has changed since.
 */
export const sealSpare: Step = {
  name: 'verify',
  async up(context) {
    const { claimed, found, journal, worker } = context
    const { schemaName } = laneOf(claimed)
    const expected = claimed.templateVersion?.fingerprint
    const fingerprint = await onLane<string>(context, 'tenantry.seal_spare($1, $2, $3)')
    if (!expected || fingerprint !== expected) {
      const { rows } = await worker.clusters
        .pool(claimed.cluster)
        .query<{ here: string }>('select tenantry.fingerprint($1) as here', [schemaName])
      if (rows[0]?.here !== expected) {
        throw new FingerprintMismatch(`fingerprint ${rows[0]?.here} of ${schemaName} is not ${expected}`)
      }
      throw new SpareNamesItself(
        `an object of ${claimed.template?.name} names its schema in text, so the schema cannot be renamed`,
      )
    }
    found.fingerprint = fingerprint
    journal.log('info', `Fingerprint ${fingerprint.slice(0, 12)} as the template promises, under any name`)
    return { fingerprint }
  },
}
