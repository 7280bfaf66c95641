/** Where the registry and a cluster may differ, with what it means. */
export const findingKinds = {
  schema_missing: 'A tenant is registered, and its schema is not there.',
  schema_orphan: 'A schema that Tenantry made belongs to no tenant.',
  schema_unknown: 'A schema is named like a tenant’s, and Tenantry did not make it.',
  role_missing: 'A role of a tenant is not there.',
  role_orphan: 'A role that Tenantry made belongs to no tenant.',
  login_open: 'The owner of a tenant can log in although no operation is at work.',
  access_open: 'A tenant is closed in the registry and open on its cluster.',
  access_closed: 'A tenant is active in the registry and closed on its cluster.',
  name_differs: 'The schema has another name on the cluster than in the registry.',
  fence_behind:
    'The cluster has seen a newer attempt than the registry: the control database is older than the cluster.',
} as const
export type FindingKind = keyof typeof findingKinds

export const findingStates = ['open', 'ignored', 'resolved'] as const
export type FindingState = (typeof findingStates)[number]
