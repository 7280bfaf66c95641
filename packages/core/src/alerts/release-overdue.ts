import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'
import type { Moment } from './engine.ts'
import { writeTimeline } from './write-timeline.ts'

/** Incidents whose taker’s time is over are nobody’s again, and are announced again. */
export async function releaseOverdue(tx: Database, moment: Moment): Promise<void> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    update control.incident set state = 'firing', acknowledged_by = null, acknowledged_at = null, acknowledged_until = null,
      epoch = epoch + 1, raised_at = ${moment.at}::timestamptz, raised_firing = firing
    where state = 'acknowledged' and acknowledged_until <= ${moment.at}::timestamptz returning id`)
  await writeTimeline(
    tx,
    rows.map(({ id }) => ({
      incidentId: id,
      kind: 'released' as const,
      text: 'The time of whoever took it is over.',
    })),
    moment,
  )
}
