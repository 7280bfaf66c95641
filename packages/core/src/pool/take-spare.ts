import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'

/** What a spare was built from, and where. */
export interface SparePlace {
  readonly templateId: string
  readonly version: number
  readonly clusterId: string
}

export interface TakenSpare extends Record<string, unknown> {
  /** From now on the id of a tenant. */
  readonly id: string
  readonly schemaName: string
  readonly fingerprint: string
  /** Where the tenant's own fence goes on from. */
  readonly fence: number
}

/**
 * Takes the spare that has been ready for longest, for this transaction: two sign-ups at once never get the same one,
 * and neither waits for the other.
 * @returns undefined when none is ready there
 */
export async function takeSpare(tx: Database, wanted: SparePlace): Promise<TakenSpare | undefined> {
  const { rows } = await tx.execute<TakenSpare>(sql`
    update control.spare set state = 'taken'
    where id = (
      select id from control.spare
      where state = 'ready' and origin = 'pool' and template_id = ${wanted.templateId}
        and template_version = ${wanted.version} and cluster_id = ${wanted.clusterId}
      order by ready_at, id limit 1 for update skip locked)
    returning id, schema_name as "schemaName", fingerprint, fence::int`)
  return rows[0]
}

/** Whether a pool of the template is to be kept there. */
export async function keepsPool(tx: Database, { templateId, clusterId }: SparePlace): Promise<boolean> {
  const { rows } = await tx.execute<{ size: number }>(sql`
    select size from control.pool_policy
    where template_id = ${templateId} and (cluster_id = ${clusterId} or cluster_id is null)
    order by cluster_id nulls last limit 1`)
  return (rows[0]?.size ?? 0) > 0
}
