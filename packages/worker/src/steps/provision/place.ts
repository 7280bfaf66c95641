import type { Step } from '../step.ts'
import { laneOf } from '../tenant-of.ts'

/** Checks that the cluster answers, and ends what an earlier attempt may have left running there. */
export const place: Step = {
  name: 'place',
  async up({ worker, claimed, journal }) {
    const { operation, cluster } = claimed
    const lane = laneOf(claimed)
    const reason = claimed.tenant?.placementReason ?? `For the warm pool of ${cluster.name}`
    const pool = worker.clusters.pool(cluster)
    const { rows } = await pool.query<{ ended: number }>('select tenantry.end_sessions($1, $2) as ended', [
      lane.id,
      operation.fence,
    ])
    const ended = rows[0]?.ended ?? 0
    if (ended) journal.log('warn', `Ended ${ended} sessions of an earlier attempt`)
    journal.log('info', reason)
    return { cluster: cluster.name, schema: lane.schemaName, reason }
  },
}
