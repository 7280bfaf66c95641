import { sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import { onceAcrossProcesses } from '../duties/once-across-processes.ts'

interface Stranded extends Record<string, unknown> {
  id: string
  priority: number
  cluster_id: string
}

/** No job of the queue is about to look at operation `o`. */
const forgotten = (graceMs: number) => sql`not exists (
  select from pgboss.job j
  where j.name = 'operations-' || o.cluster_id and j.data ->> 'operationId' = o.id
    and (j.state in ('created', 'retry')
      or j.state = 'active' and j.started_on > clock_timestamp() - ${graceMs} * interval '1 ms'))`

/**
 * Wakes a worker for every operation whose worker has fallen silent: its lease ran out.
 * @param graceMs how long a job that was taken may go without a claim
 * @returns how many
 */
export function rescueAbandoned(core: CoreContext, graceMs: number): Promise<number> {
  return wakeAll(
    core,
    'rescue-abandoned',
    sql`select o.id, o.priority, o.cluster_id from control.operation o
        where o.finished_at is null and o.lease_until < clock_timestamp() and ${forgotten(graceMs)}
        order by o.priority, o.created_at limit 200`,
  )
}

/**
 * Wakes a worker for every operation that is due and has no living job: the queue was restored or emptied, or a worker
 * died between taking the job and claiming the operation. Reads the whole queue once.
 */
export function rescueForgotten(core: CoreContext, graceMs: number): Promise<number> {
  return wakeAll(
    core,
    'rescue-forgotten',
    sql`select o.id, o.priority, o.cluster_id from control.operation o
        where o.state in ('queued', 'waiting') and o.due_at < clock_timestamp() - interval '2 seconds'
          and ${forgotten(graceMs)}
        order by o.priority, o.created_at limit 1000`,
  )
}

/** One process at a time, so that several workers do not wake for the same operation. */
async function wakeAll(core: CoreContext, duty: string, query: ReturnType<typeof sql>): Promise<number> {
  let woken = 0
  await onceAcrossProcesses(core.db, duty, async (tx) => {
    const { rows } = await tx.execute<Stranded>(query)
    for (const row of rows) {
      await core.queue.wake(tx, { operationId: row.id, priority: row.priority, clusterId: row.cluster_id })
    }
    woken = rows.length
  })
  return woken
}
