import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'

/**
 * Runs `work` in a transaction if no other process is running the duty of this name right now; else does nothing.
 */
export async function onceAcrossProcesses(
  db: Database,
  name: string,
  work: (tx: Database) => Promise<void>,
): Promise<'rest'> {
  await db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext(${`tenantry.duty.${name}`})) as mine`,
    )
    if (rows[0]?.mine) await work(tx)
  })
  return 'rest'
}
