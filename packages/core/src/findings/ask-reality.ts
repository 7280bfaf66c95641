import type { RealTenant } from './compare.ts'

/** Whatever can put a question to a cluster as its worker. */
export interface ClusterConnection {
  query(text: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }>
}

/** Everything that a cluster has of tenants, or what it has of one. */
export async function askReality(cluster: ClusterConnection, tenantId?: string): Promise<RealTenant[]> {
  const { rows } = await cluster.query(
    `select tenant_id as "tenantId", lane, schema, fence::float8 as fence, blocked,
       to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "createdAt",
       found, roles, missing, may_use as "mayUse", logins, shut, owner_open as "ownerOpen", wrong
     from tenantry.reality($1)`,
    [tenantId ?? null],
  )
  return rows as unknown as RealTenant[]
}
