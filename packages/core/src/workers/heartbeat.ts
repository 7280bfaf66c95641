import { worker } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'

/** Says that a worker lives, and how many operations it has in hand. @param name `host:pid` */
export async function recordHeartbeat(
  { db }: CoreContext,
  { id, name, inHand }: { id: string; name: string; inHand: number },
): Promise<void> {
  await db
    .insert(worker)
    .values({ id, name, inHand })
    .onConflictDoUpdate({ target: worker.id, set: { inHand, seenAt: sql`clock_timestamp()` } })
}

/** Takes a worker off the list: it has closed, and is not missed. */
export async function forgetWorker({ db }: CoreContext, id: string): Promise<void> {
  await db.delete(worker).where(eq(worker.id, id))
}
