import type { Step } from '../step.ts'
import { laneOf } from '../tenant-of.ts'
import { sourceOf } from './source-of.ts'
import { requireEqual } from './structure.ts'

/** Holds the copy against the source once more, object by object: neither may have changed while rows were copied. */
export const verifyCopy: Step = {
  name: 'verify',
  async up(context) {
    const { worker, claimed, journal, found } = context
    await requireEqual(context)
    const { rows } = await worker.clusters
      .pool(claimed.cluster)
      .query<{ fingerprint: string }>('select tenantry.fingerprint($1) as fingerprint', [
        laneOf(claimed).schemaName,
      ])
    const fingerprint = rows[0]?.fingerprint
    if (!fingerprint) throw new Error('the cluster returned no fingerprint')
    found.fingerprint = fingerprint
    journal.log('info', `Fingerprint ${fingerprint.slice(0, 12)} as ${sourceOf(claimed).slug} has it`)
    return { fingerprint }
  },
}
