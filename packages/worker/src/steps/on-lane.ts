import { countLockWait } from '@tenantry/db'
import type { StepContext } from './step.ts'
import { laneOf } from './tenant-of.ts'

/**
 * Calls one of the cluster's fenced functions for the operation's tenant or spare, in a session that carries the attempt's name
 * while the call runs, so that a newer attempt can find and end it.
 * @param on where the lane is, if not on the operation's own cluster
 * @param call a function of schema tenantry with `$1` tenant, `$2` operation, `$3` fence and `extra` from `$5` on
 */
export async function onLane<Result>(
  { worker, claimed }: StepContext,
  call: string,
  extra: readonly unknown[] = [],
  on: StepContext['claimed']['cluster'] = claimed.cluster,
): Promise<Result> {
  const { operation } = claimed
  const { rows } = await worker.clusters.pool(on).query({
    text: `select set_config('application_name', $4, true), ${call} as result,
      current_setting('tenantry.lane_wait_ms', true) as lane_wait_ms`,
    values: [
      laneOf(claimed).id,
      operation.id,
      operation.fence,
      `tenantry:${operation.id}:${operation.fence}`,
      ...extra,
    ],
  })
  countLockWait(rows[0].lane_wait_ms)
  return rows[0].result
}
