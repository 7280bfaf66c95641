import { onLane } from '../on-lane.ts'
import type { Step } from '../step.ts'
import { giveBack } from './give-back.ts'
import { wishOf } from './wish.ts'

/** Takes the fingerprint; with it, and not before, the schema becomes the tenant's own. */
export const verify: Step = {
  name: 'verify',
  async up(context) {
    const { claimed, journal, found } = context
    const { strict, fingerprint: expected } = wishOf(claimed)
    const fingerprint = await onLane<string>(context, 'tenantry.finish_adoption($1, $2, $3, $5, $6)', [
      expected,
      strict,
    ])
    const matches = fingerprint === expected
    Object.assign(found, { fingerprint, matches })
    const short = fingerprint.slice(0, 12)
    if (matches) journal.log('info', `Fingerprint ${short} as the template promises`)
    else journal.log('warn', `Fingerprint ${short}; the template promises ${expected?.slice(0, 12)}`)
    return { fingerprint, matches }
  },
  async down(context) {
    await giveBack(context, 'adopt end')
  },
}
