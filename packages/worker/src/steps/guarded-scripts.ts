import { readStatementLimit } from '@tenantry/core'
import { type GuardedSession, openGuardedSession } from '@tenantry/db/cluster'
import type { StepContext } from './step.ts'
import { laneOf } from './tenant-of.ts'

const open = new WeakMap<StepContext, Promise<GuardedSession>>()

/** The login as the tenant that all script steps of this attempt share; made when the first one needs it. */
export function guardedScripts(context: StepContext): Promise<GuardedSession> {
  const session = open.get(context) ?? logIn(context)
  open.set(context, session)
  return session
}

async function logIn({ worker, claimed }: StepContext): Promise<GuardedSession> {
  const { operation, cluster } = claimed
  const tenantId = laneOf(claimed).id
  const deadlineMs = Math.min(worker.settings.scriptDeadlineMs, timeLeft(claimed))
  const statementMs = await readStatementLimit(worker.core.db, tenantId)
  return openGuardedSession({
    pool: worker.clusters.pool(cluster),
    tenantId,
    operationId: operation.id,
    fence: operation.fence,
    deadlineMs,
    ...(statementMs === undefined ? {} : { statementTimeoutMs: Math.min(statementMs, deadlineMs) }),
    failpoint: worker.failpoint,
  })
}

/** Milliseconds until the operation's deadline; a second at least, so that what begins late fails by itself. */
export function timeLeft({ operation }: StepContext['claimed']): number {
  const left = operation.deadlineAt ? operation.deadlineAt.getTime() - Date.now() : Number.POSITIVE_INFINITY
  return Math.max(1000, left)
}

/** Takes the login away again. @throws when the cluster does not answer */
export async function closeGuardedScripts(context: StepContext): Promise<void> {
  // A login that was never made has nothing to close.
  const session = await open.get(context)?.catch(() => undefined)
  open.delete(context)
  await session?.close()
}
