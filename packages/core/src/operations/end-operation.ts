import { type AuditOutcome, normaliseError, type OperationError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { operation } from '@tenantry/db/schema'
import { and, eq, inArray } from 'drizzle-orm'
import { systemActor } from '../actor.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { CoreContext } from '../core-context.ts'
import type { ClaimedOperation } from './claim-operation.ts'

/** Another worker has taken this operation over, or it is over: whoever gets this stops and touches nothing. */
export class FencedError extends Error {
  override readonly name = 'FencedError'
  constructor(operationId: string, attempt: number) {
    super(`attempt ${attempt} of ${operationId} is no longer the current one`)
  }
}

/** What else changes in the transaction that moves the operation: the tenant's state, the journal's last lines. */
export type Effect = (tx: Database) => Promise<void>

/**
 * Ends an operation well: its effect on the registry and the terminal audit row commit with it, once, and only if this
 * attempt is still the current one.
 * @throws FencedError
 */
export async function succeedOperation(
  core: CoreContext,
  claimed: ClaimedOperation,
  result: Record<string, unknown>,
  effect: Effect,
): Promise<void> {
  await end(core, claimed, { state: 'succeeded', result, error: null }, 'succeeded', effect)
}

/** Ends an operation that gave up. @throws FencedError */
export async function failOperation(
  core: CoreContext,
  claimed: ClaimedOperation,
  error: OperationError,
  effect: Effect,
): Promise<void> {
  const names = [
    claimed.tenant?.slug,
    claimed.tenant?.displayName,
    claimed.cluster.name,
    claimed.source?.slug,
  ]
  const group = normaliseError(
    error,
    names.filter((name) => name !== undefined),
  )
  await end(core, claimed, { state: 'failed', error: { ...error, group } }, 'failed', effect, error.code)
}

/** Ends an operation that a person has stopped, once everything it had made was taken back. @throws FencedError */
export async function endCancelled(
  core: CoreContext,
  claimed: ClaimedOperation,
  error: OperationError,
  effect: Effect,
): Promise<void> {
  await end(core, claimed, { state: 'cancelled', error }, 'cancelled', effect)
}

/** Records that finished steps are being taken back; the lease is kept. @throws FencedError */
export async function beginUndo(
  core: CoreContext,
  claimed: ClaimedOperation,
  error: OperationError,
  effect: Effect,
): Promise<void> {
  await core.db.transaction(async (tx) => {
    await moveIfCurrent(tx, claimed, { state: 'undoing', error })
    await effect(tx)
  })
}

/**
 * Puts an operation back until its backoff is over, and has a worker woken then; at once when a person wants it to stop.
 * @throws FencedError
 */
export async function postponeOperation(
  core: CoreContext,
  claimed: ClaimedOperation,
  error: OperationError,
  delayMs: number,
  effect: Effect,
): Promise<void> {
  await putBack(core, claimed, error, new Date(Date.now() + delayMs), effect)
}

/**
 * Keeps what an operation has done although a step failed for good: it waits, without a due time, until a person lets it
 * go on or has it taken back. @throws FencedError
 */
export async function holdOperation(
  core: CoreContext,
  claimed: ClaimedOperation,
  error: OperationError,
  effect: Effect,
): Promise<void> {
  await putBack(core, claimed, error, null, effect)
}

async function putBack(
  core: CoreContext,
  claimed: ClaimedOperation,
  error: OperationError,
  dueAt: Date | null,
  effect: Effect,
): Promise<void> {
  const { id, clusterId } = claimed.operation
  await core.db.transaction(async (tx) => {
    const { cancelRequestedAt, priority } = await moveIfCurrent(tx, claimed, {
      state: 'waiting',
      error,
      dueAt,
      leaseUntil: null,
      workerId: null,
    })
    await effect(tx)
    if (cancelRequestedAt) {
      await tx.update(operation).set({ dueAt: new Date() }).where(eq(operation.id, id))
      await core.queue.wake(tx, { operationId: id, priority: 0, clusterId })
    } else if (dueAt) {
      await core.queue.wake(tx, { operationId: id, priority, clusterId, dueAt })
    }
  })
}

/** Lets an undo rest until its cluster answers again: the lease runs out then, and any worker goes on. */
export async function postponeUndo(
  core: CoreContext,
  claimed: ClaimedOperation,
  delayMs: number,
  effect: Effect,
): Promise<void> {
  await core.db.transaction(async (tx) => {
    await moveIfCurrent(tx, claimed, { leaseUntil: new Date(Date.now() + delayMs) })
    await effect(tx)
  })
}

async function end(
  core: CoreContext,
  claimed: ClaimedOperation,
  change: Partial<typeof operation.$inferInsert>,
  outcome: AuditOutcome,
  effect: Effect,
  errorCode?: string,
): Promise<void> {
  const { id, kind, tenantId, templateId, attempt } = claimed.operation
  await core.db.transaction(async (tx) => {
    await moveIfCurrent(tx, claimed, { ...change, finishedAt: new Date(), leaseUntil: null, workerId: null })
    await effect(tx)
    await appendAudit(tx, systemActor, {
      action: kind,
      outcome,
      operationId: id,
      attempt,
      ...(tenantId
        ? { tenantId, target: { kind: 'tenant', id: tenantId } }
        : templateId
          ? { target: { kind: 'template', id: templateId } }
          : {}),
      ...(errorCode ? { errorCode } : {}),
    })
  })
}

async function moveIfCurrent(
  tx: Database,
  { operation: mine }: ClaimedOperation,
  change: Partial<typeof operation.$inferInsert>,
) {
  const [moved] = await tx
    .update(operation)
    .set(change)
    .where(
      and(
        eq(operation.id, mine.id),
        eq(operation.attempt, mine.attempt),
        inArray(operation.state, ['running', 'undoing']),
      ),
    )
    .returning({ cancelRequestedAt: operation.cancelRequestedAt, priority: operation.priority })
  if (!moved) throw new FencedError(mine.id, mine.attempt)
  return moved
}
