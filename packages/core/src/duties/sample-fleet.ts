import { sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import type { Duty } from './duties.ts'
import { onceAcrossProcesses } from './once-across-processes.ts'

/** Writes down how long the queue is, every five seconds: the history behind the overview's charts. */
export function sampleFleet({ db }: CoreContext): Duty {
  return {
    name: 'sample-fleet',
    everyMs: 5000,
    run: () =>
      onceAcrossProcesses(db, 'sample-fleet', async (tx) => {
        await tx.execute(sql`
          insert into control.fleet_sample (at, queued, running, waiting, oldest_queued)
          select clock_timestamp(),
            count(*) filter (where state = 'queued'),
            count(*) filter (where state in ('running', 'undoing')),
            count(*) filter (where state = 'waiting'),
            coalesce(extract(epoch from clock_timestamp() - min(created_at) filter (where state = 'queued')), 0)
          from control.operation where finished_at is null
          having not exists (
            select from control.fleet_sample where at > clock_timestamp() - interval '4 seconds')`)
      }),
  }
}
