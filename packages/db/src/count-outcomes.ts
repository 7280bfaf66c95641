import type { BulkCounts, BulkItemState, OperationState } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from './control/open-control.ts'

/** How many items of a bulk came to what so far: two index scans, each over this bulk alone. */
export async function countOutcomes(db: Database, bulkId: string): Promise<BulkCounts> {
  const { rows } = await db.execute<{ state: BulkItemState | OperationState; count: number }>(sql`
    select state, count(*)::int as count from control.bulk_item
    where bulk_id = ${bulkId} and state <> 'requested' group by state
    union all
    select state, count(*)::int from control.operation where bulk_id = ${bulkId} group by state`)
  const counts = {
    pending: 0,
    queued: 0,
    running: 0,
    succeeded: 0,
    failed: 0,
    cancelled: 0,
    refused: 0,
    skipped: 0,
  }
  for (const { state, count } of rows) {
    const isUnderWay = state === 'waiting' || state === 'undoing'
    counts[isUnderWay || state === 'requested' ? 'running' : state] += count
  }
  return counts
}
