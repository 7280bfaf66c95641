/** Why the functions of `tenantry` refuse, by SQLSTATE. */
const refusals = {
  TN002: 'stale_fence',
  TN003: 'name_refused',
  TN004: 'tenant_unknown',
  TN005: 'not_ours',
  '28000': 'not_armed',
} as const

export type ClusterRefusal = (typeof refusals)[keyof typeof refusals]

/** The refusal behind an error of a `tenantry` function; undefined for every other error. */
export function refusalOf(error: unknown): ClusterRefusal | undefined {
  const code = (error as { code?: string } | null)?.code
  return code && code in refusals ? refusals[code as keyof typeof refusals] : undefined
}
