import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'
import type { Moment } from './engine.ts'

/** When what keeps alerts silent is to be looked at again: thousands may fire, and mostly nothing about them has changed. */
export interface QuietWatch {
  /** @param changed whether an alert has begun or ended since */
  isDue(tx: Database, moment: Moment, changed: boolean): Promise<boolean>
}

const atLeastEveryMs = 15_000

export function watchQuiet(): QuietWatch {
  let lastAt: number | undefined
  let lastSilences = ''
  return {
    async isDue(tx, { at, ms }, changed) {
      const { rows } = await tx.execute<{ silences: string }>(sql`
        select coalesce(string_agg(id || ' ' || row_version, ',' order by id), '') as silences from control.silence
        where starts_at <= ${at}::timestamptz and ends_at > ${at}::timestamptz`)
      const silences = rows[0]?.silences ?? ''
      const isOld = lastAt === undefined || Math.abs(ms - lastAt) >= atLeastEveryMs
      if (!changed && silences === lastSilences && !isOld) return false
      lastAt = ms
      lastSilences = silences
      return true
    },
  }
}
