import { settings } from '@tenantry/contracts'
import { setting } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import type { Duty } from './duties.ts'

const atOnce = 48

/** Sums measurements up to hours and days, makes the partitions of the days to come, and drops what is old enough. */
export function keepSamples({ db }: CoreContext): Duty {
  return {
    name: 'keep-samples',
    everyMs: 300_000,
    async run() {
      const { rows } = await db.execute<{ done: boolean }>(
        sql`select control.roll_up_samples(clock_timestamp(), ${atOnce}) as done`,
      )
      const [row] = await db.select().from(setting).where(eq(setting.key, 'history'))
      const chosen = settings.history.schema.safeParse(row?.value)
      const { rawDays, hourlyDays, dailyDays } = chosen.success ? chosen.data : settings.history.default
      const before = (days: number) => sql`clock_timestamp() - ${days} * interval '1 day'`
      await db.execute(
        sql`select control.keep_sample_partitions(${before(rawDays)}, ${before(hourlyDays)}, ${before(dailyDays)})`,
      )
      return rows[0]?.done === false ? 'again' : 'rest'
    },
  }
}
