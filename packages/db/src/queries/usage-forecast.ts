import { type Crossing, crossingOf, fitLine, type Line, leastPoints, type Point } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

/** How storage has grown and will, if it goes on so. */
export interface StorageForecast {
  /** The bytes that the line goes through, oldest first. */
  readonly history: Point[]
  /** How far apart they are. */
  readonly step: 'day' | 'hour'
  /** Null: too little history to tell anything of its error. */
  readonly line: Line | null
  /** Bytes; null: nothing limits it that is known. */
  readonly limit: number | null
  /** What the limit is. */
  readonly limitedBy: 'quota' | 'limit of the cluster' | 'disk' | null
  /** When the limit is reached; null: not within ten years. */
  readonly crossing: Crossing | null
}

type Subject = { readonly tenantId: string } | { readonly clusterId: string }

/** The growth of a tenant's or a cluster's storage: by days of the last quarter, or, while there are too few, by hours. */
export async function forecastStorage(db: Database, subject: Subject): Promise<StorageForecast> {
  const days = await historyOf(db, subject, '90 days', '1 day')
  const isDaily = days.length >= leastPoints
  const history = isDaily ? days : await historyOf(db, subject, '14 days', '1 hour')
  const line = fitLine(history) ?? null
  const { limit, limitedBy } = await limitOf(db, subject)
  const crossing = line && limit !== null ? crossingOf(line, limit, Date.now()) : undefined
  return { history, step: isDaily ? 'day' : 'hour', line, limit, limitedBy, crossing: crossing ?? null }
}

async function historyOf(db: Database, subject: Subject, since: string, step: string): Promise<Point[]> {
  const [metric, tenants, clusters] =
    'tenantId' in subject
      ? ['tenant_bytes', sql`array[${subject.tenantId}]::text[]`, sql`null`]
      : ['cluster_database_bytes', sql`null`, sql`array[${subject.clusterId}]::text[]`]
  const { rows } = await db.execute<Point & Record<string, unknown>>(sql`
    select extract(epoch from h.at)::float8 * 1000 as at, h.value
    from control.metric_history(${metric}, clock_timestamp() - ${since}::interval, clock_timestamp(), ${step}::interval,
      ${tenants}, ${clusters}) h order by 1`)
  return rows
}

async function limitOf(
  db: Database,
  subject: Subject,
): Promise<Pick<StorageForecast, 'limit' | 'limitedBy'>> {
  if ('tenantId' in subject) {
    const { rows } = await db.execute<{ limit: number }>(sql`
      select q."limit"::float8 as "limit" from control.quota q join control.tenant t on t.id = ${subject.tenantId}
      where q.resource = 'storage_bytes' and (q.tenant_id = t.id or q.tenant_id is null
        and (q.plan_id = t.plan_id or q.plan_id is null))
      order by q.tenant_id nulls last, q.plan_id nulls last limit 1`)
    const limit = rows[0]?.limit ?? null
    return { limit, limitedBy: limit === null ? null : 'quota' }
  }
  const { rows } = await db.execute<{ set: number | null; disk: number | null }>(sql`
    select (limits ->> 'databaseBytes')::float8 as set,
      (capacity ->> 'databaseBytes')::float8 + (capacity ->> 'diskFreeBytes')::float8 as disk
    from control.cluster where id = ${subject.clusterId}`)
  const { set = null, disk = null } = rows[0] ?? {}
  if (set !== null && (disk === null || set <= disk)) return { limit: set, limitedBy: 'limit of the cluster' }
  return { limit: disk, limitedBy: disk === null ? null : 'disk' }
}
