import { cancelOperationInput, defaultGraceSeconds, lookingSteps, whyNotCancel } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { operation, operationStep } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import { defineVerb, type VerbContext } from '../run-verb.ts'
import { chainOf, lockOperation, type OperationRow, refuseFor } from './lock-operation.ts'
import { recordGivenUp } from './record-given-up.ts'

export interface Cancelled {
  readonly operationId: string
  /** `cancelled`: it is over · `stopping`: its worker stops before the next step, or by force at `forceAt`. */
  readonly state: 'cancelled' | 'stopping'
  readonly forceAt: Date | null
}

/**
 * Stops an operation: at once when nothing has been done, else what it has made is taken back by a worker. Asked
 * again, the first request stays and its time of force only ever comes nearer.
 */
export const cancelOperation = defineVerb({
  action: 'operation.cancel',
  permission: 'operation.cancel',
  input: cancelOperationInput,
  async run(context, input): Promise<Cancelled> {
    const { tx, actor, audit, core } = context
    const row = await lockOperation(tx, input.operationId)
    refuseFor(whyNotCancel(row), row)
    if (row.state === 'queued' || (row.state === 'waiting' && (await hasDoneNothing(tx, row)))) {
      await cancelUndone(context, row)
      return { operationId: row.id, state: 'cancelled', forceAt: null }
    }
    const graceSeconds = input.graceSeconds ?? defaultGraceSeconds
    const forceAt = soonest(row.cancelForceAt, new Date(Date.now() + graceSeconds * 1000))
    const waits = row.state === 'waiting'
    await tx
      .update(operation)
      .set({
        cancelRequestedAt: row.cancelRequestedAt ?? new Date(),
        cancelRequestedBy: row.cancelRequestedBy ?? actor.userId,
        cancelForceAt: forceAt,
        // Its way back has time of its own: a deadline that is nearly over must not leave it half-way.
        ...(waits ? { dueAt: new Date(), deadlineAt: null } : {}),
      })
      .where(eq(operation.id, row.id))
    if (waits) await core.queue.wake(tx, { operationId: row.id, clusterId: row.clusterId, priority: 0 })
    audit({ ...chainOf(row), after: { graceSeconds } })
    return { operationId: row.id, state: 'stopping', forceAt }
  },
})

/**
 * Ends an operation that has done nothing, with what that means for what it was to make, and its terminal audit row. The
 * caller holds its lock and has seen that it has done nothing, such as by its state queued.
 */
export async function cancelUndone(
  { tx, actor, audit, afterCommit, core }: VerbContext,
  row: OperationRow,
): Promise<void> {
  const now = new Date()
  await tx
    .update(operation)
    .set({
      state: 'cancelled',
      finishedAt: now,
      dueAt: now,
      cancelRequestedAt: now,
      cancelRequestedBy: actor.userId,
      cancelForceAt: now,
    })
    .where(eq(operation.id, row.id))
  await recordGivenUp(tx, row, null)
  const chain = row.tenantId ? { tenantId: row.tenantId } : {}
  audit({ action: 'operation.cancel', ...chainOf(row) })
  audit({ action: row.kind, outcome: 'cancelled', operationId: row.id, ...chain })
  afterCommit?.(() => core.metrics?.ended(row.kind, 'cancelled'))
}

/**
 * Whether every attempt so far ended in its first step, and that one only looks. An attempt that fell silent may have
 * come further than its journal says.
 */
async function hasDoneNothing(tx: Database, { id, attempt }: OperationRow): Promise<boolean> {
  const [found] = await tx
    .select({
      attempts: sql<number>`count(distinct ${operationStep.attempt})::int`,
      onlyLooked: sql<boolean>`bool_and(${operationStep.ordinal} = 1 and ${operationStep.name} = any(${sql.param([...lookingSteps])})
        and ${operationStep.state} = 'failed' and ${operationStep.error} ->> 'code' <> 'lease_lost')`,
    })
    .from(operationStep)
    .where(eq(operationStep.operationId, id))
  return found?.attempts === attempt && found.onlyLooked
}

const soonest = (known: Date | null, asked: Date) => (known && known < asked ? known : asked)
