import type { OperationKind } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'

interface Stranded extends Record<string, unknown> {
  id: string
  kind: OperationKind
  cluster_id: string
}

/**
 * Wakes a worker for every operation whose worker has fallen silent (its lease ran out).
 * @returns how many
 */
export function rescueAbandoned(core: CoreContext): Promise<number> {
  return wakeAll(
    core,
    sql`select id, kind, cluster_id from control.operation
        where finished_at is null and lease_until < clock_timestamp() order by priority, created_at limit 200`,
  )
}

/**
 * Wakes a worker for every operation that is due and has no living job: the queue was restored or emptied, or a worker
 * died between taking the job and claiming the operation. Reads the whole queue once.
 * @param graceMs how long a job that was taken may go without a claim
 */
export function rescueForgotten(core: CoreContext, graceMs: number): Promise<number> {
  return wakeAll(
    core,
    sql`select o.id, o.kind, o.cluster_id from control.operation o
        where o.state in ('queued', 'waiting') and o.due_at < clock_timestamp() - interval '2 seconds'
          and not exists (
            select from pgboss.job j
            where j.name = 'operations-' || o.cluster_id and j.data ->> 'operationId' = o.id
              and (j.state in ('created', 'retry')
                or j.state = 'active' and j.started_on > clock_timestamp() - ${graceMs} * interval '1 ms'))
        order by o.priority, o.created_at limit 1000`,
  )
}

function wakeAll(core: CoreContext, query: ReturnType<typeof sql>): Promise<number> {
  return core.db.transaction(async (tx) => {
    const { rows } = await tx.execute<Stranded>(query)
    for (const row of rows) {
      await core.queue.wake(tx, { operationId: row.id, kind: row.kind, clusterId: row.cluster_id })
    }
    return rows.length
  })
}
