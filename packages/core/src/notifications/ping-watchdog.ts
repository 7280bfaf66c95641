import { sql } from 'drizzle-orm'
import { request } from 'undici'
import type { CoreContext } from '../core-context.ts'
import type { Duty } from '../duties/duties.ts'

/** Rules that were looked at longer ago than this are looked at by nobody. */
const freshSeconds = 60

/**
 * Pings an address outside every minute for as long as the rules are evaluated: whoever listens there calls when the
 * pings stay away, for then nobody here would.
 */
export function pingWatchdog(core: CoreContext, url: string, everyMs = 60_000): Duty {
  return {
    name: 'ping-watchdog',
    everyMs,
    async run() {
      const { rows } = await core.db.execute(sql`
        select from control.alert_evaluator
        where evaluated_at > clock_timestamp() - make_interval(secs => ${freshSeconds})`)
      if (!rows.length) return 'rest'
      const { statusCode, body } = await request(url, { signal: AbortSignal.timeout(15_000) })
      await body.dump()
      if (statusCode >= 400) throw new Error(`The watchdog answered ${statusCode}`)
      return 'rest'
    },
  }
}
