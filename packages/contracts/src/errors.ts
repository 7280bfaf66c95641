/**
 * The closed set of refusals. Each has the HTTP status it travels as and the tRPC code, so that the one map to the
 * wire is exhaustive.
 */
export const errorCodes = {
  unauthenticated: { status: 401, trpc: 'UNAUTHORIZED' },
  password_change_required: { status: 403, trpc: 'FORBIDDEN' },
  password_required: { status: 403, trpc: 'FORBIDDEN' },
  forbidden: { status: 403, trpc: 'FORBIDDEN' },
  cross_site: { status: 403, trpc: 'FORBIDDEN' },
  invalid_input: { status: 400, trpc: 'BAD_REQUEST' },
  not_found: { status: 404, trpc: 'NOT_FOUND' },
  slug_taken: { status: 409, trpc: 'CONFLICT' },
  version_conflict: { status: 409, trpc: 'CONFLICT' },
  idempotency_mismatch: { status: 409, trpc: 'CONFLICT' },
  unlawful_transition: { status: 409, trpc: 'CONFLICT' },
  tenant_busy: { status: 409, trpc: 'CONFLICT' },
  template_not_ready: { status: 409, trpc: 'CONFLICT' },
  no_cluster: { status: 409, trpc: 'CONFLICT' },
  plan_in_use: { status: 409, trpc: 'CONFLICT' },
  cluster_in_use: { status: 409, trpc: 'CONFLICT' },
  cluster_unfit: { status: 422, trpc: 'UNPROCESSABLE_CONTENT' },
  cluster_unreachable: { status: 409, trpc: 'CONFLICT' },
  migration_refused: { status: 422, trpc: 'UNPROCESSABLE_CONTENT' },
  payload_too_large: { status: 413, trpc: 'PAYLOAD_TOO_LARGE' },
  too_many_requests: { status: 429, trpc: 'TOO_MANY_REQUESTS' },
  control_database_unavailable: { status: 503, trpc: 'SERVICE_UNAVAILABLE' },
  internal: { status: 500, trpc: 'INTERNAL_SERVER_ERROR' },
} as const

export type ErrorCode = keyof typeof errorCodes

export interface ErrorDetail {
  /** What the reader can do now; a sentence. */
  readonly action?: string
  /** The input field that is at fault, as a dotted path. */
  readonly field?: string
  /** The permission that is missing. */
  readonly permission?: string
  /** Seconds to wait before the next try. */
  readonly retryAfter?: number
  readonly [key: string]: unknown
}

/** A refusal that a person can act on: what happened and where (message), what to do (detail.action). */
export class TenantryError extends Error {
  readonly code: ErrorCode
  readonly detail: ErrorDetail

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TenantryError'
    this.code = code
    this.detail = detail
  }
}

/** How an error goes over the wire, in `error.data.tenantry` of a tRPC reply. */
export interface WireError {
  readonly code: ErrorCode
  readonly message: string
  readonly detail: ErrorDetail
  readonly requestId: string
}
