import { bulkMachine, isAllowed, permissions } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { bulk, bulkItem, operation, tenant, user } from '@tenantry/db/schema'
import { and, asc, eq, isNull, lte, notInArray, or, sql } from 'drizzle-orm'
import { type Actor, systemActor } from '../actor.ts'
import { type AuditEntry, appendAudit, appendAudits } from '../audit/append-audit.ts'
import type { CoreContext } from '../core-context.ts'
import type { Duty } from '../duties/duties.ts'
import type { Child } from './as-child.ts'
import { endBulk } from './end-bulk.ts'
import { childPermission } from './request-child.ts'
import { requestItem } from './request-item.ts'

type BulkRow = typeof bulk.$inferSelect

export const feedBulksName = 'feed-bulks'

/** Children requested in one transaction at most: so long a pause or a cancel may have to wait. */
const batch = 32

/**
 * Requests the children of every bulk that goes on, as far as its window lets it, and ends those that are over. Every
 * worker runs it; a bulk is fed by one at a time.
 */
export function feedBulks(core: CoreContext, failpoint?: Failpoint): Duty {
  return {
    name: feedBulksName,
    everyMs: 500,
    async run() {
      const unfinished = await core.db
        .select({ id: bulk.id })
        .from(bulk)
        .where(notInArray(bulk.state, [...bulkMachine.final]))
        .orderBy(asc(bulk.createdAt))
      let next: 'again' | 'rest' = 'rest'
      for (const { id } of unfinished) if (await feedBulk(core, id, failpoint)) next = 'again'
      return next
    },
  }
}

type Failpoint = (name: string) => void | Promise<void>

/**
 * One round for one bulk, in one transaction: items and the operations that they became commit together, so that
 * whoever dies in between has requested nothing.
 * @returns whether there is more to request at once
 */
export async function feedBulk(
  core: CoreContext,
  bulkId: string,
  failpoint: Failpoint = () => {},
): Promise<boolean> {
  return core.db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(bulk)
      .where(and(eq(bulk.id, bulkId), notInArray(bulk.state, ['paused', ...bulkMachine.final])))
      .for('no key update', { skipLocked: true })
    if (!row) return false
    const inFlight = await tx.$count(
      operation,
      and(eq(operation.bulkId, bulkId), isNull(operation.finishedAt)),
    )
    const children = row.state === 'running' ? await nextChildren(tx, row, inFlight) : []
    if (!children.length) {
      await endBulk(tx, row, inFlight)
      return false
    }
    const requester = await requesterOf(tx, row)
    if ('mayNot' in requester) {
      await pause(tx, row, requester.mayNot)
      return false
    }
    const entries: AuditEntry[] = []
    for (const child of children) {
      const answer = await requestItem(core, tx, requester, child)
      if (answer.pauseReason) {
        await appendAudits(tx, requester, entries)
        await pause(tx, row, answer.pauseReason)
        return false
      }
      entries.push(...answer.entries)
      await failpoint('feed.child')
    }
    await failpoint('feed.inside')
    await appendAudits(tx, requester, entries)
    return children.length === batch
  })
}

/**
 * The next items to request: none until half of the window is free, so that children come in batches, while workers
 * still have the other half to do.
 */
async function nextChildren(tx: Database, row: BulkRow, inFlight: number): Promise<Child[]> {
  if (inFlight > row.window / 2) return []
  const found = await tx
    .select({ item: bulkItem, slug: tenant.slug })
    .from(bulkItem)
    .leftJoin(tenant, eq(tenant.id, bulkItem.tenantId))
    .where(
      and(
        eq(bulkItem.bulkId, row.id),
        eq(bulkItem.state, 'pending'),
        or(isNull(bulkItem.dueAt), lte(bulkItem.dueAt, sql`clock_timestamp()`)),
      ),
    )
    .orderBy(asc(bulkItem.ordinal))
    .limit(Math.min(batch, row.window - inFlight))
  return found.map(({ item, slug }) => ({ bulk: row, item, slug }))
}

/** Who asked, with the role that they have now; children are requested in their name alone. */
async function requesterOf(tx: Database, row: BulkRow): Promise<Actor | { mayNot: string }> {
  const [who] = await tx.select().from(user).where(eq(user.id, row.requestedBy))
  if (!who) return { mayNot: 'Whoever started it is no longer a member.' }
  if (who.disabledAt) return { mayNot: `${who.name}, who started it, has been disabled.` }
  const missing = ['bulk.run' as const, childPermission(row.kind)].find(
    (permission) => permission && !isAllowed(who.role, permission),
  )
  if (missing) {
    return {
      mayNot: `${who.name}, who started it, no longer has the permission “${permissions[missing]}” (${missing}).`,
    }
  }
  return {
    userId: who.id,
    name: who.name,
    role: who.role,
    ...(row.requestId ? { requestId: row.requestId } : {}),
  }
}

/** Stops requesting until a person has looked. */
async function pause(tx: Database, row: BulkRow, pauseReason: string): Promise<void> {
  await tx.update(bulk).set({ state: 'paused', pauseReason }).where(eq(bulk.id, row.id))
  await appendAudit(tx, systemActor, {
    action: 'bulk.pause',
    outcome: 'succeeded',
    target: { kind: 'bulk', id: row.id },
    after: { pauseReason },
  })
}
