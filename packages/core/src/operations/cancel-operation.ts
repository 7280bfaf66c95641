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
    const over = row.state === 'queued' || (row.state === 'waiting' && (await hasDoneNothing(tx, row)))
    const graceSeconds = input.graceSeconds ?? defaultGraceSeconds
    const forceAt = new Date(Date.now() + graceSeconds * 1000)
    const request = row.cancelRequestedAt
      ? { cancelForceAt: soonest(row.cancelForceAt, forceAt) }
      : { cancelRequestedAt: new Date(), cancelRequestedBy: actor.userId, cancelForceAt: forceAt }
    audit({ ...chainOf(row), after: { graceSeconds } })
    if (over) {
      await tx.update(operation).set(request).where(eq(operation.id, row.id))
      await stopAtOnce(context, row)
      return { operationId: row.id, state: 'cancelled', forceAt: null }
    }
    const waits = row.state === 'waiting'
    await tx
      .update(operation)
      // Its way back has time of its own: a deadline that is nearly over must not leave it half-way.
      .set({ ...request, ...(waits ? { dueAt: new Date(), deadlineAt: null } : {}) })
      .where(eq(operation.id, row.id))
    if (waits) await core.queue.wake(tx, { operationId: row.id, clusterId: row.clusterId, priority: 0 })
    return { operationId: row.id, state: 'stopping', forceAt: request.cancelForceAt }
  },
})

/** Ends an operation that has done nothing, with its effect on the registry and its terminal audit row. */
export async function stopAtOnce(
  { tx, audit, afterCommit, core }: VerbContext,
  row: OperationRow,
): Promise<void> {
  await tx
    .update(operation)
    .set({ state: 'cancelled', finishedAt: new Date(), dueAt: new Date() })
    .where(eq(operation.id, row.id))
  await recordGivenUp(tx, row, null)
  audit({
    action: row.kind,
    outcome: 'cancelled',
    operationId: row.id,
    ...(row.tenantId ? { tenantId: row.tenantId } : {}),
  })
  afterCommit(() => core.metrics?.ended(row.kind, 'cancelled'))
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
