import type { ErrorCode, Permission, WireError } from '@tenantry/contracts'

/** An error as a person can use it: what and where (message), what to do (action), and what to quote (request id). */
export interface Fault {
  readonly code: ErrorCode | 'unreachable' | 'unexpected'
  readonly message: string
  readonly action?: string | undefined
  /** The input field at fault, as a dotted path. */
  readonly field?: string | undefined
  readonly permission?: Permission | undefined
  readonly retryAfter?: number | undefined
  readonly requestId?: string | undefined
}

interface ReplyShape {
  readonly data?: { readonly tenantry?: WireError; readonly code?: string } | null
}

/** Reads any thrown value; never throws itself. */
export function faultOf(error: unknown): Fault {
  const wire = (error as ReplyShape | undefined)?.data?.tenantry
  if (wire) {
    const { action, field, permission, retryAfter } = wire.detail
    return {
      code: wire.code,
      message: wire.message,
      action,
      field,
      permission: permission as Permission | undefined,
      retryAfter,
      requestId: wire.requestId,
    }
  }
  if (neverArrived(error)) {
    return {
      code: 'unreachable',
      message: 'The server did not answer.',
      action: 'Check the connection and try again; what is shown may be old.',
    }
  }
  return {
    code: 'unexpected',
    message: error instanceof Error ? error.message : 'Something failed in the browser.',
    action: 'Try again; if it happens again, copy the diagnostics into a report.',
  }
}

/** A tRPC client error without a reply: no network, or a proxy that answered in its own words. */
function neverArrived(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    (error instanceof Error && error.name === 'TRPCClientError' && !(error as ReplyShape).data)
  )
}

/** Whether the session is over, so that signing in again is what helps. */
export function isSignedOut(error: unknown): boolean {
  return faultOf(error).code === 'unauthenticated'
}

/** Whether the same question may have another answer in a moment. */
export function isPassing(error: unknown): boolean {
  return ['unreachable', 'control_database_unavailable'].includes(faultOf(error).code)
}
