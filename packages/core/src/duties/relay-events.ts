import { sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import type { Duty } from './duties.ts'

/** Moves what transactions have said from the outbox to the ordered event log. Every process runs it; one at a time works. */
export function relayEvents({ db }: CoreContext): Duty {
  return {
    name: 'relay-events',
    everyMs: 50,
    async run() {
      const { rows } = await db.execute<{ last: string | null }>(sql`select control.relay_events() as last`)
      return rows[0]?.last == null ? 'rest' : 'again'
    },
  }
}
