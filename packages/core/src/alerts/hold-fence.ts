import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'

/** Another process evaluates the rules now: what this one has found is not to be written. */
export class FenceLostError extends Error {
  constructor() {
    super('another process evaluates the alert rules')
    this.name = 'FenceLostError'
  }
}

/**
 * Keeps the evaluation one’s own until the transaction ends: nobody takes it over meanwhile, so nothing in this
 * transaction is written by a process that has lost it. One that is paused in the middle is ended by the database.
 * @throws FenceLostError
 */
export async function holdFence(tx: Database, fence: string): Promise<void> {
  await tx.execute(sql`set local idle_in_transaction_session_timeout = '3s'`)
  const { rows } = await tx.execute(
    sql`select from control.alert_evaluator where id = 1 and fence = ${fence}::bigint for share`,
  )
  if (!rows.length) throw new FenceLostError()
}
