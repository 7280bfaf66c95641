import type { FailureClass, OperationError } from '@tenantry/contracts'
import { FencedError } from '@tenantry/core'
import { DeadlineError, ScriptError, TemplateError } from '@tenantry/db/cluster'
import { OperationForced } from './keep-leases.ts'

/** SQLSTATEs that pass by themselves, with what to do if they do not. */
const passing: readonly (readonly [RegExp, string])[] = [
  [/^40001$|^40P01$/, 'Nothing; concurrent work got in the way.'],
  [/^55P03$/, 'Look for a long transaction that holds a lock in the tenant’s schema.'],
  [/^53300$/, 'Raise max_connections of the cluster, or end idle sessions.'],
  [/^53[12]00$|^53000$/, 'Free disk space or memory on the cluster: it has run out.'],
  [/^58030$/, 'Check the disks of the cluster: PostgreSQL cannot read or write a file.'],
]

/** Refusals of the cluster's own functions, with what to do. */
const refused: Readonly<Record<string, string>> = {
  TN003: 'Choose another slug: this name cannot be a schema.',
  TN005:
    'A schema or role of this name is there already and was not made by Tenantry. Rename or drop it, then retry.',
  TN010: 'Compare the schema with the template; adopt it without “strict”, or mend what differs.',
  TN031:
    'Split the migration: a few hundred tables in each, so that no transaction takes the locks of all others.',
  TN030: 'Mend what the message names on the cluster, then retry.',
  TN020: 'Retry: the tenant is then built from its template instead of taken from the pool.',
  '42501': 'Check the privileges of the worker’s role: the installation on this cluster is damaged.',
  '57014': 'The script took too long. Raise the deadline, or make it smaller.',
}

const connectionCodes =
  /^(08...|57P0[1235]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)$/
const connectionWords =
  /Connection terminated|timeout exceeded when trying to connect|server closed the connection|not queryable|Query read timeout/

/** Why a step failed, and whether trying again can help. Unknown errors are permanent: their undo leaves no harm. */
export function classifyFailure(thrown: unknown, at: { step?: string; attempt: number }): OperationError {
  const error = rootOf(thrown)
  if (error instanceof FencedError) return describe(error, 'TN002', 'fenced', at)
  if (error instanceof OperationForced) return describe(error, 'cancelled', 'cancelled', at)
  const { code = 'XX000', message = String(error) } = (error ?? {}) as { code?: string; message?: string }
  if (error instanceof ScriptError) {
    const { statement, line, sqlstate, hint } = error
    const advice = passing.find(([pattern]) => pattern.test(sqlstate))
    return {
      ...describe(error, sqlstate, advice ? 'retry' : 'permanent', at),
      location: { ...(statement ? { statement } : {}), ...(line ? { line } : {}) },
      action:
        advice?.[1] ?? refused[sqlstate] ?? hint ?? 'Mend the script, publish a new version, then retry.',
    }
  }
  if (error instanceof TemplateError) {
    const { migration, statement, line, cause } = error
    return {
      ...describe(
        error,
        cause instanceof ScriptError ? cause.sqlstate : 'migration_refused',
        'permanent',
        at,
      ),
      location: {
        ...(migration ? { migration: migration.name } : {}),
        ...(statement ? { statement } : {}),
        ...(line ? { line } : {}),
      },
      action: 'Mend the migration and publish the template again.',
    }
  }
  if (error instanceof DeadlineError) {
    const action = 'Make the script smaller, or raise TENANTRY_SCRIPT_DEADLINE_SECONDS, then retry.'
    return { ...describe(error, '57014', 'permanent', at), action }
  }
  if (code === 'TN002') return describe(error, code, 'fenced', at)
  if (connectionCodes.test(code) || connectionWords.test(message)) {
    const action = 'Check that the cluster runs and can be reached from the worker.'
    return { ...describe(error, code === 'XX000' ? '08006' : code, 'outage', at), action }
  }
  const advice = passing.find(([pattern]) => pattern.test(code))
  if (advice) return { ...describe(error, code, 'retry', at), action: advice[1] }
  const action = (error as { action?: string } | undefined)?.action ?? refused[code]
  return {
    ...describe(error, code, 'permanent', at),
    action: action ?? 'Read the log of this operation; mend the cause, then retry.',
  }
}

/** The server's own error below what a query builder wraps around it; our own errors stay what they are. */
function rootOf(error: unknown): unknown {
  const wrapped =
    error instanceof Error && error.message.startsWith('Failed query') && error.cause instanceof Error
  return wrapped ? rootOf(error.cause) : error
}

function describe(
  error: unknown,
  code: string,
  kind: FailureClass,
  at: { step?: string; attempt: number },
): OperationError {
  const message = error instanceof Error ? error.message || error.name : String(error)
  return { code, message, class: kind, ...at }
}
