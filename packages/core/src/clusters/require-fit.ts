import { type ClusterCheck, type ClusterCheckName, TenantryError } from '@tenantry/contracts'

const unreachable: ReadonlySet<ClusterCheckName> = new Set(['reach', 'tls', 'login'])

/**
 * Refuses a database with errors; warnings pass.
 * @param name what the refusal calls it
 * @throws TenantryError `cluster_unreachable` when nobody was let in, `cluster_unfit` otherwise; both with every error
 */
export function requireFit(checks: readonly ClusterCheck[], name: string): void {
  const errors = checks.filter(({ outcome }) => outcome === 'error')
  const [first] = errors
  if (!first) return
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  throw new TenantryError(
    unreachable.has(first.check) ? 'cluster_unreachable' : 'cluster_unfit',
    `Cluster ${name} is not fit: ${first.message}${more}`,
    {
      field: 'adminUrl',
      action: first.mend
        ? `Mend it on the server, then try again: ${first.mend}`
        : 'Mend it, then try again.',
      errors: errors.map(({ check, message, mend }) => ({ check, message, mend })),
    },
  )
}
