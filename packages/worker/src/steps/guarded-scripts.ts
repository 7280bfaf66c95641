import { type GuardedSession, openGuardedSession } from '@tenantry/db/cluster'
import type { StepContext } from './step.ts'

interface Login {
  readonly session: Promise<GuardedSession>
  /** When the session is ended, by `performance.now()`. */
  readonly until: number
  readonly deadlineMs: number
}

const logins = new WeakMap<StepContext, Login>()

/** A script that was still running at its deadline. Trying again would take as long. */
class ScriptOverdue extends Error {
  readonly code = '57014'
  readonly action = 'Make the script smaller, or raise TENANTRY_SCRIPT_DEADLINE_SECONDS, then retry.'
}

/** The login as the tenant that all script steps of this attempt share; made when the first one needs it. */
export async function guardedScripts(context: StepContext): Promise<Pick<GuardedSession, 'run'>> {
  const login = logins.get(context) ?? logIn(context)
  logins.set(context, login)
  const { run } = await login.session
  return {
    run: (step, sql, result) =>
      run(step, sql, result).catch((cause) => {
        if (performance.now() < login.until) throw cause
        const seconds = Math.round(login.deadlineMs / 1000)
        throw new ScriptOverdue(`the script was still running after ${seconds} s and was ended`, { cause })
      }),
  }
}

function logIn({ worker, claimed: { operation, cluster } }: StepContext): Login {
  const left = operation.deadlineAt.getTime() - Date.now()
  const deadlineMs = Math.min(worker.settings.scriptDeadlineMs, Math.max(1000, left))
  return {
    deadlineMs,
    until: performance.now() + deadlineMs,
    session: openGuardedSession({
      pool: worker.clusters.pool(cluster),
      tenantId: operation.tenantId ?? '',
      operationId: operation.id,
      fence: operation.fence,
      deadlineMs,
      failpoint: worker.failpoint,
    }),
  }
}

export async function closeGuardedScripts(context: StepContext): Promise<void> {
  const login = logins.get(context)
  logins.delete(context)
  await login?.session.then((session) => session.close()).catch(() => {})
}
