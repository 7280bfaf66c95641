import { noisyFrom, type TenantState, type UsageRanking, usageRankings } from '@tenantry/contracts'
import { eq, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { cluster, tenant, usage, usageCollection } from '../schema/index.ts'
import { isoOrNull } from './keyset.ts'

/** One of those that use the most. */
export interface TopTenant {
  readonly id: string
  readonly slug: string
  readonly displayName: string
  readonly state: TenantState
  readonly clusterName: string
  /** In the unit of what they are ranked by. */
  readonly value: number
  readonly bytes: number | null
  readonly rows: number | null
  readonly relations: number | null
  readonly connections: number | null
  /** Bytes at the end of each of the last seven days; fewer of a younger one. */
  readonly week: number[]
}

export interface TopTenants {
  readonly by: UsageRanking
  readonly items: TopTenant[]
  /** Of all tenants that were asked about, measured or not. */
  readonly tenants: number
  /** The sum over all of them. */
  readonly total: number
}

/** The tenants that use the most of something, and how much that is of the whole. */
export async function topTenants(
  db: Database,
  { by, clusterId, limit }: { by: UsageRanking; clusterId?: string | undefined; limit: number },
): Promise<TopTenants> {
  const column = sql.raw(`u.${usageRankings[by].replace('tenant_', '')}`)
  const here = clusterId ? sql`and t.cluster_id = ${clusterId}` : sql``
  const { rows } = await db.execute<TopTenant & Record<string, unknown>>(sql`
    with top as (
      select u.*, t.slug, t.display_name, t.state, c.name as cluster_name, ${column}::float8 as value
      from control.usage u join control.tenant t on t.id = u.tenant_id join control.cluster c on c.id = t.cluster_id
      where ${column} is not null and t.state in ('active', 'suspended', 'archived') ${here}
      order by ${column} desc, u.tenant_id limit ${limit}
    ), week as (
      select h.tenant_id, array_agg(h.value order by h.at) as bytes
      from control.metric_history('tenant_bytes', clock_timestamp() - interval '7 days', clock_timestamp(),
        interval '1 day', array(select tenant_id from top)) h group by 1
    )
    select p.tenant_id as id, p.slug, p.display_name as "displayName", p.state, p.cluster_name as "clusterName", p.value,
      p.bytes::float8 as bytes, p.rows::float8 as rows, p.relations::float8 as relations, p.connections,
      coalesce(w.bytes, '{}') as week
    from top p left join week w on w.tenant_id = p.tenant_id order by p.value desc, p.tenant_id`)
  const sums = await db.execute<{ tenants: number; total: number }>(sql`
    select count(*)::int as tenants, coalesce(sum(${column}), 0)::float8 as total
    from control.tenant t left join control.usage u on u.tenant_id = t.id
    where t.state in ('active', 'suspended', 'archived') ${here}`)
  return { by, items: rows, tenants: sums.rows[0]?.tenants ?? 0, total: sums.rows[0]?.total ?? 0 }
}

const number = (column: string) => sql<number | null>`${sql.raw(`control.usage.${column}`)}::float8`

/** Everything that is known of what one tenant uses; null where it was never measured or is not to be had. */
export async function getTenantUsage(db: Database, tenantId: string) {
  const [row] = await db
    .select({
      tenantId: usage.tenantId,
      bytes: usage.bytes,
      tableBytes: usage.tableBytes,
      indexBytes: usage.indexBytes,
      toastBytes: usage.toastBytes,
      relations: usage.relations,
      rows: usage.rows,
      deadRows: usage.deadRows,
      connections: usage.connections,
      oldestTransactionSeconds: usage.oldestTransactionSeconds,
      cacheHitRatio: usage.cacheHitRatio,
      rowsWritten: usage.rowsWritten,
      transactions: usage.transactions,
      tempBytes: usage.tempBytes,
      calls: usage.calls,
      statementSeconds: number('statement_seconds'),
      sizedAt: isoOrNull(usage.sizedAt),
      /** When it was last looked at, changed or not. */
      seenAt: sql<string>`control.iso(case when ${usage.absentSince} is null
        then greatest(${usage.seenAt}, ${usageCollection.collectedAt}) else ${usage.seenAt} end)`,
      /** Since when its schema is not found. */
      absentSince: isoOrNull(usage.absentSince),
    })
    .from(usage)
    .leftJoin(usageCollection, eq(usageCollection.clusterId, usage.clusterId))
    .where(eq(usage.tenantId, tenantId))
  return row ?? null
}
export type TenantUsageRow = NonNullable<Awaited<ReturnType<typeof getTenantUsage>>>

/** How the usage of each cluster is collected, and what its tenants use together. */
export function listClusterUsage(db: Database) {
  const sum = (column: string) =>
    sql<number>`coalesce((select sum(${sql.raw(`u.${column}`)}) from control.usage u join control.tenant t on t.id = u.tenant_id
      where t.cluster_id = ${cluster.id} and u.absent_since is null), 0)::float8`
  return db
    .select({
      id: cluster.id,
      name: cluster.name,
      state: cluster.state,
      reachable: cluster.reachable,
      capacity: cluster.capacity,
      limits: cluster.limits,
      tenants: sql<number>`(select count(*) from ${tenant} t where t.cluster_id = ${cluster.id}
        and t.state in ('active', 'suspended', 'archived'))::int`,
      bytes: sum('bytes'),
      rows: sum('rows'),
      connections: sum('connections'),
      collectedAt: isoOrNull(usageCollection.collectedAt),
      sweptAt: isoOrNull(usageCollection.sweptAt),
      tookMs: usageCollection.tookMs,
      /** Tenants whose sizes wait for a lock. */
      locked: usageCollection.locked,
      fault: usageCollection.fault,
    })
    .from(cluster)
    .leftJoin(usageCollection, eq(usageCollection.clusterId, cluster.id))
    .where(sql`${cluster.state} <> 'detached'`)
    .orderBy(cluster.name)
}

export const noises = {
  statementSeconds: 'statement_seconds',
  rowsWritten: 'rows_written',
  connections: 'connections',
} as const
export type Noise = keyof typeof noises

/** A tenant that takes more than its part of what its cluster does. */
export interface NoisyTenant {
  readonly id: string
  readonly slug: string
  readonly clusterId: string
  readonly clusterName: string
  readonly of: Noise
  /** A second, over the last hour; of connections: now. */
  readonly amount: number
  /** Of all of its cluster's tenants together, 0 to 1. */
  readonly share: number
  /** Times what it would be if all that do anything did the same. */
  readonly times: number
}

/** Who takes so much of a cluster over the last hour that its neighbours may feel it: the largest share first. */
export async function noisyTenants(db: Database): Promise<NoisyTenant[]> {
  const { rows } = await db.execute<NoisyTenant & Record<string, unknown>>(sql`
    with before as materialized (
      select h.tenant_id, min(h.at) as at, min(h.rows_written) as rows_written, min(h.statement_seconds) as statement_seconds
      from control.usage_sample h where h.at > clock_timestamp() - interval '1 hour' group by 1
    ), done as (
      select t.id, t.slug, c.id as cluster_id, c.name as cluster_name, x.of, x.amount
      from control.usage u
      join control.tenant t on t.id = u.tenant_id and t.state in ('active', 'suspended') and t.cluster_id = u.cluster_id
      join control.cluster c on c.id = t.cluster_id
      left join before h on h.tenant_id = u.tenant_id
      cross join lateral (values
        ('statementSeconds', (u.statement_seconds - h.statement_seconds) / 3600),
        ('rowsWritten', (u.rows_written - h.rows_written)::float8 / 3600),
        ('connections', u.connections::float8)) x (of, amount)
      where x.amount > 0
    ), compared as (
      select d.*, d.amount / sum(d.amount) over w as share, d.amount / avg(d.amount) over w as times
      from done d window w as (partition by d.cluster_id, d.of)
    )
    select id, slug, cluster_id as "clusterId", cluster_name as "clusterName", of, amount::float8 as amount,
      share::float8 as share, times::float8 as times
    from compared where share >= ${noisyFrom.share} and times >= ${noisyFrom.times}
    order by share desc, id limit 50`)
  return rows
}

/** So many tenants are exported at most. */
export const maxExport = 50_000

/** What every tenant uses now, for a table of one's own. */
export async function exportUsage(db: Database) {
  const { rows } = await db.execute<Record<string, string | number | null>>(sql`
    select t.id as tenant, t.slug, c.name as cluster, t.state, u.bytes::float8 as bytes, u.table_bytes::float8 as table_bytes,
      u.index_bytes::float8 as index_bytes, u.toast_bytes::float8 as toast_bytes, u.relations::float8 as relations,
      u.rows::float8 as rows, u.rows_written::float8 as rows_written, u.calls::float8 as calls,
      u.statement_seconds, u.temp_bytes::float8 as temp_bytes, control.iso(u.seen_at) as changed_at
    from control.tenant t join control.cluster c on c.id = t.cluster_id left join control.usage u on u.tenant_id = t.id
    where t.state in ('active', 'suspended', 'archived') order by t.slug limit ${maxExport}`)
  return rows
}
