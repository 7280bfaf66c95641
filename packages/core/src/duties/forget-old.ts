import { sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import type { Duty } from './duties.ts'
import { onceAcrossProcesses } from './once-across-processes.ts'

/**
 * Deletes events after a day, workers that have been silent for one and alerts that never fired, samples after a week,
 * what was delivered after ninety days and sessions when they have ended. Audit rows and incidents are kept.
 */
export function forgetOld({ db }: CoreContext): Duty {
  return {
    name: 'forget-old',
    everyMs: 600_000,
    run: () =>
      onceAcrossProcesses(db, 'forget-old', async (tx) => {
        // The newest event stays: the relay numbers on from it.
        await tx.execute(sql`
          delete from control.event where at < now() - interval '1 day'
            and seq < (select max(seq) from control.event)`)
        await tx.execute(sql`delete from control.fleet_sample where at < now() - interval '7 days'`)
        await tx.execute(sql`
          delete from control.notification n where n.ended_at < now() - interval '90 days' and not exists (
            select from control.incident i where i.id = n.incident_id and i.state <> 'resolved')`)
        await tx.execute(sql`delete from control.worker where seen_at < now() - interval '1 day'`)
        await tx.execute(sql`
          delete from control.alert where fired_at is null and resolved_at < now() - interval '1 day'`)
        await tx.execute(sql`delete from control.session where expires_at < now() or ends_at < now()`)
      }),
  }
}
