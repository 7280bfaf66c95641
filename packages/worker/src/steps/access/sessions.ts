import type { Step } from '../step.ts'
import { tenantOf } from '../tenant-of.ts'

/** Ends every session that the product has as the tenant. It can log in again when it may: nothing to take back. */
export const endSessions: Step = {
  name: 'sessions',
  async up({ worker, claimed, journal }) {
    const { rows } = await worker.clusters
      .pool(claimed.cluster)
      .query<{ ended: number }>('select tenantry.end_app_sessions($1, $2) as ended', [
        tenantOf(claimed).id,
        claimed.operation.fence,
      ])
    const ended = rows[0]?.ended ?? 0
    journal.log('info', `Sessions ended: ${ended}`)
    return { ended }
  },
}
