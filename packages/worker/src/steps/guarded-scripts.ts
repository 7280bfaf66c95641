import { type GuardedSession, openGuardedSession } from '@tenantry/db/cluster'
import type { StepContext } from './step.ts'

const open = new WeakMap<StepContext, Promise<GuardedSession>>()

/** The login as the tenant that all script steps of this attempt share; made when the first one needs it. */
export function guardedScripts(context: StepContext): Promise<GuardedSession> {
  const { worker, claimed } = context
  const { operation, cluster } = claimed
  const known = open.get(context)
  if (known) return known
  const session = openGuardedSession({
    pool: worker.clusters.pool(cluster),
    tenantId: operation.tenantId ?? '',
    operationId: operation.id,
    fence: operation.fence,
    deadlineMs: Math.min(
      worker.settings.scriptDeadlineMs,
      Math.max(1000, operation.deadlineAt.getTime() - Date.now()),
    ),
    failpoint: worker.failpoint,
  })
  open.set(context, session)
  return session
}

export async function closeGuardedScripts(context: StepContext): Promise<void> {
  const session = open.get(context)
  open.delete(context)
  await session?.then((s) => s.close()).catch(() => {})
}
