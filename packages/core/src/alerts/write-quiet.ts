import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'
import type { Moment } from './engine.ts'
import { writeTimeline } from './write-timeline.ts'

/** Writes to the alerts that fire by which silence or which other alert nobody is called for them now. */
export async function writeQuiet(tx: Database, moment: Moment): Promise<void> {
  const { rows } = await tx.execute<{
    incidentId: string
    quiet: boolean
    why: string
    detail: Record<string, unknown>
  }>(sql`
    select incident_id as "incidentId", quiet, why, detail from control.quiet_alerts(${moment.at}::timestamptz)`)
  await writeTimeline(
    tx,
    rows.map(({ incidentId, quiet, why, detail }) => ({
      incidentId,
      kind: quiet ? ('silenced' as const) : ('unsilenced' as const),
      text: why,
      detail,
    })),
    moment,
  )
}
