/** The names that differ from tenant to tenant. */
export interface SnapshotNames {
  readonly schema: string
  readonly owner: string
  readonly writer: string
  readonly app: string
}

/** The snapshot's SQL for one tenant, to be run as its owner: the placeholders give way to the tenant's own names. */
export function renderSnapshot(
  snapshot: { readonly sql: string; readonly placeholders: SnapshotNames },
  names: SnapshotNames,
): string {
  const { placeholders } = snapshot
  // The owner's placeholder begins the other two roles' as well, so it comes last.
  return (['schema', 'writer', 'app', 'owner'] as const).reduce(
    (sql, part) => sql.replaceAll(placeholders[part], names[part]),
    snapshot.sql,
  )
}
