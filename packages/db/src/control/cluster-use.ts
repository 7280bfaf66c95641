import type { ClusterUse } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from './open-control.ts'

/** What is on a cluster, or on its way there: all that keeps it from being detached. */
export async function clusterUse(db: Database, id: string): Promise<ClusterUse> {
  const { rows } = await db.execute<ClusterUse & Record<string, unknown>>(sql`
    select
      (select count(*)::int from control.tenant
        where cluster_id = ${id} and state not in ('discarded', 'purged')) as tenants,
      (select count(*)::int from control.spare where cluster_id = ${id} and state not in ('taken', 'dropped')) as spares,
      (select count(*)::int from control.operation where cluster_id = ${id} and finished_at is null) as operations`)
  return rows[0] ?? { tenants: 0, spares: 0, operations: 0 }
}
