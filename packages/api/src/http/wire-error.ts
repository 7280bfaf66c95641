import { type ErrorCode, errorCodes, TenantryError, type WireError } from '@tenantry/contracts'
import { toTenantryError } from '@tenantry/core'
import { TRPCError } from '@trpc/server'
import { type TRPC_ERROR_CODE_NUMBER, TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { z } from 'zod'

/** The inside of `{ "error": … }`, the one form of every refusal over HTTP, tRPC or not. */
export interface ErrorReply {
  readonly message: string
  readonly code: TRPC_ERROR_CODE_NUMBER
  readonly data: {
    readonly code: (typeof errorCodes)[ErrorCode]['trpc']
    readonly httpStatus: number
    readonly path?: string
    readonly tenantry: WireError
  }
}

/** What tRPC itself refuses. */
const refusedByTrpc: Partial<Record<TRPCError['code'], TenantryError>> = {
  NOT_FOUND: new TenantryError('not_found', 'There is no such procedure.', {
    action: 'Check the path; the web app may be older than the server: reload.',
  }),
  METHOD_NOT_SUPPORTED: new TenantryError('invalid_input', 'Questions are asked by GET, changes by POST.', {
    action: 'Use the other method.',
  }),
  UNSUPPORTED_MEDIA_TYPE: new TenantryError('invalid_input', 'The body must be JSON.', {
    action: 'Send content-type: application/json.',
  }),
  PAYLOAD_TOO_LARGE: new TenantryError('payload_too_large', 'The request is too large.', {
    action: 'Send less at once.',
  }),
  BAD_REQUEST: new TenantryError('invalid_input', 'The request cannot be read.', {
    action: 'Send well-formed JSON.',
  }),
  PARSE_ERROR: new TenantryError('invalid_input', 'The request cannot be read.', {
    action: 'Send well-formed JSON.',
  }),
}

/** The refusal behind anything that was thrown. */
export function refusalOf(error: unknown): TenantryError {
  const cause = error instanceof TRPCError ? error.cause : error
  if (cause instanceof z.ZodError) return refusedInput(cause)
  if (
    error instanceof TRPCError &&
    error.code !== 'INTERNAL_SERVER_ERROR' &&
    !(cause instanceof TenantryError)
  ) {
    return refusedByTrpc[error.code] ?? toTenantryError(error)
  }
  return toTenantryError(cause ?? error)
}

function refusedInput(error: z.ZodError): TenantryError {
  const [first] = error.issues
  const field = first?.path.join('.')
  return new TenantryError('invalid_input', first?.message ?? 'The input is not what is expected.', {
    ...(field ? { field } : {}),
    action: 'Correct it and try again.',
    issues: error.issues.slice(0, 20).map(({ path, message }) => ({ field: path.join('.'), message })),
  })
}

/** A refusal as it goes over the wire. Causes and stacks stay here. */
export function toReply(error: unknown, requestId: string, path?: string): ErrorReply {
  const { code, message, detail } = refusalOf(error)
  const { status, trpc } = errorCodes[code]
  const { constraint: _, ...shown } = detail
  return {
    message,
    code: TRPC_ERROR_CODES_BY_KEY[trpc],
    data: {
      code: trpc,
      httpStatus: status,
      ...(path === undefined ? {} : { path }),
      tenantry: { code, message, detail: shown, requestId },
    },
  }
}
