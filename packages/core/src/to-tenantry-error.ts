import { type ErrorCode, type ErrorDetail, TenantryError } from '@tenantry/contracts'

interface DatabaseFault {
  readonly code?: string
  readonly constraint?: string
  readonly detail?: string
  readonly message?: string
}

/** What a violated constraint says to the person who ran into it. */
const constraints: Readonly<Record<string, [ErrorCode, string, ErrorDetail]>> = {
  tenant_slug_is_unique_while_kept: [
    'slug_taken',
    'Another tenant has this slug.',
    { field: 'slug', action: 'Choose another slug, or discard the failed tenant that holds it.' },
  ],
  tenant_schema_is_unique_on_its_cluster: [
    'slug_taken',
    'The schema of another tenant has the name that this slug gives.',
    { field: 'slug', action: 'Choose another slug.' },
  ],
  operation_is_one_at_a_time_per_tenant: [
    'tenant_busy',
    'Another operation is at work on this tenant.',
    { action: 'Wait until it has ended, then try again.' },
  ],
  plan_name_is_unique: [
    'invalid_input',
    'Another plan has this name.',
    { field: 'name', action: 'Choose another name.' },
  ],
  cluster_name_is_unique: [
    'invalid_input',
    'Another cluster has this name.',
    { field: 'name', action: 'Choose another name.' },
  ],
  alert_rule_name_is_unique: [
    'invalid_input',
    'Another rule has this name.',
    { field: 'name', action: 'Choose another name.' },
  ],
  channel_name_is_unique: [
    'invalid_input',
    'Another channel has this name.',
    { field: 'name', action: 'Choose another name.' },
  ],
  schedule_name_is_unique: [
    'invalid_input',
    'Another schedule has this name.',
    { field: 'name', action: 'Choose another name.' },
  ],
  escalation_policy_name_is_unique: [
    'invalid_input',
    'Another escalation has this name.',
    { field: 'name', action: 'Choose another name.' },
  ],
  alert_source_name_is_unique: [
    'invalid_input',
    'Another source has this name.',
    { field: 'name', action: 'Choose another name.' },
  ],
  cluster_is_a_database_once: [
    'cluster_unfit',
    'Somebody else has just added this database as a cluster.',
    { field: 'adminUrl', action: 'Look at the list of clusters.' },
  ],
  template_slug_is_unique: [
    'version_conflict',
    'Somebody else is publishing this template right now.',
    { action: 'Look at what they published, then try again.' },
  ],
  user_email_is_unique: [
    'invalid_input',
    'Another member has this e-mail address.',
    { field: 'email', action: 'Change the role of that member instead.' },
  ],
}

const connectionFault =
  /^(08|57P0[1235]|53300)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)$/
/** What pg says of a lost connection without a code. */
const connectionWords =
  /timeout exceeded when trying to connect|Connection terminated|not queryable|server closed the connection|Query read timeout/

/** The refusal behind any error: as it is, by the constraint it broke, or `internal` (whose cause only the log shows). */
export function toTenantryError(error: unknown): TenantryError {
  if (error instanceof TenantryError) return error
  const fault = rootCause(error)
  const known = fault.constraint ? constraints[fault.constraint] : undefined
  if (known)
    return new TenantryError(
      known[0],
      known[1],
      { ...known[2], constraint: fault.constraint },
      { cause: error },
    )
  if (fault.code === 'TC002') {
    return new TenantryError(
      'tenant_busy',
      'Another operation is at work on this tenant.',
      {
        action: 'Wait until it has ended, then try again.',
        ...(fault.detail ? { operationId: fault.detail } : {}),
      },
      { cause: error },
    )
  }
  if (fault.code === 'TC003') {
    return new TenantryError(
      'no_cluster',
      'The cluster has been detached meanwhile.',
      { field: 'clusterId', action: 'Choose another cluster, or let placement choose.' },
      { cause: error },
    )
  }
  if (fault.code === 'TC001') {
    return new TenantryError(
      'unlawful_transition',
      `Not possible now: ${fault.message}.`,
      {
        action: 'Reload: its state has changed since you looked.',
      },
      { cause: error },
    )
  }
  if (connectionFault.test(fault.code ?? '') || connectionWords.test(fault.message ?? '')) {
    return new TenantryError(
      'control_database_unavailable',
      'The control database does not answer. Nothing was changed.',
      {
        action: 'Try again in a moment; if it lasts, check that PostgreSQL runs and DATABASE_URL is right.',
        retryAfter: 5,
      },
      { cause: error },
    )
  }
  return new TenantryError(
    'internal',
    'Something went wrong inside Tenantry. Nothing was changed.',
    {
      action: 'Try again; if it stays, report the request id: the log has the cause under it.',
      ...(fault.constraint ? { constraint: fault.constraint } : {}),
    },
    { cause: error },
  )
}

function rootCause(error: unknown): DatabaseFault {
  let cause = error
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause
  if (cause instanceof AggregateError && cause.errors[0]) cause = cause.errors[0]
  return (cause ?? {}) as DatabaseFault
}
