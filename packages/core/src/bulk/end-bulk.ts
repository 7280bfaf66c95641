import { countOutcomes, type Database } from '@tenantry/db'
import { bulk, bulkItem } from '@tenantry/db/schema'
import { and, eq } from 'drizzle-orm'
import { systemActor } from '../actor.ts'
import { appendAudit } from '../audit/append-audit.ts'

/** Ends a bulk whose last child has ended, with its count and its audit row. The caller holds the bulk's lock. */
export async function endBulk(tx: Database, row: typeof bulk.$inferSelect, inFlight: number): Promise<void> {
  if (inFlight) return
  const [waiting] = await tx
    .select({ ordinal: bulkItem.ordinal })
    .from(bulkItem)
    .where(and(eq(bulkItem.bulkId, row.id), eq(bulkItem.state, 'pending')))
    .limit(1)
  if (waiting) return
  const outcome = await countOutcomes(tx, row.id)
  const state = row.state === 'cancelling' ? 'cancelled' : 'finished'
  await tx.update(bulk).set({ state, outcome, finishedAt: new Date() }).where(eq(bulk.id, row.id))
  const { succeeded, failed, cancelled, refused, skipped } = outcome
  await appendAudit(tx, systemActor, {
    action: row.retryOf ? 'bulk.retry' : 'bulk.start',
    outcome: state === 'cancelled' ? 'cancelled' : 'succeeded',
    target: { kind: 'bulk', id: row.id },
    after: { succeeded, failed, cancelled, refused, skipped },
  })
}
