import type { QuotaLevel, QuotaResource } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

export interface ResourceStanding {
  readonly resource: QuotaResource
  /** In the resource's unit; null: not measured, or nothing that fills up. */
  readonly used: number | null
  /** Null: the resource has no levels, or the tenant never came near its limit. */
  readonly level: QuotaLevel | null
  readonly since: string | null
  /** Blocked then, while it is exceeded. */
  readonly graceUntil: string | null
}

export interface TenantStanding {
  readonly plan: { readonly id: string; readonly name: string } | null
  readonly resources: readonly ResourceStanding[]
  /** When the figures were taken. */
  readonly seenAt: string | null
  /** What its cluster was told; null: there is nothing to hold it to. */
  readonly held: {
    readonly blocked: boolean
    readonly toldAt: string | null
    /** It is as it is to be; else `fault` says why not. */
    readonly isTold: boolean
    readonly fault: string | null
    readonly unheld: readonly QuotaResource[]
    /** What of the tenant's own code writes past a block. */
    readonly leaks: readonly string[]
  } | null
}

/** How much of its limits a tenant uses, and whether its cluster holds it to them; undefined when there is no such tenant. */
export async function readStanding(db: Database, tenantId: string): Promise<TenantStanding | undefined> {
  const { rows } = await db.execute<TenantStanding & Record<string, unknown>>(sql`
    select case when p.id is not null then json_build_object('id', p.id, 'name', p.name) end as plan,
      control.iso(u.seen_at) as "seenAt",
      (select json_agg(json_build_object('resource', r.resource, 'used', r.used, 'level', s.level,
          'since', control.iso(s.since), 'graceUntil', control.iso(s.grace_until)))
        from (values ('storage_bytes', u.bytes), ('relations', u.relations), ('connections', u.connections::bigint),
          ('temp_bytes', null), ('statement_seconds', null)) r (resource, used)
        left join control.quota_state s on s.tenant_id = t.id and s.resource = r.resource) as resources,
      case when e.tenant_id is not null then json_build_object(
        'blocked', e.wanted ? 'blocked', 'toldAt', control.iso(e.told_at),
        'isTold', e.told_revision is not distinct from e.revision and e.told_cluster_id = t.cluster_id,
        'fault', e.fault, 'unheld', e.unheld, 'leaks', e.leaks) end as held
    from control.tenant t
    left join control.plan p on p.id = t.plan_id
    left join control.usage u on u.tenant_id = t.id
    left join control.enforcement e on e.tenant_id = t.id
    where t.id = ${tenantId}`)
  return rows[0]
}

export interface OverRow {
  readonly tenantId: string
  readonly slug: string
  readonly displayName: string
  readonly clusterName: string
  readonly planName: string | null
  readonly resource: QuotaResource
  readonly level: Exclude<QuotaLevel, 'ok'>
  readonly used: number
  readonly limit: number
  readonly since: string
  readonly graceUntil: string | null
  /** Null: its cluster is yet to be told. */
  readonly enforcedAt: string | null
  readonly fault: string | null
  readonly leaks: readonly string[]
}

/** Who is near a limit or over it, the gravest first and 200 at most, and how many there are of each level. */
export async function listOver(
  db: Database,
): Promise<{ items: OverRow[]; counts: Readonly<Record<OverRow['level'], number>> }> {
  const { rows } = await db.execute<OverRow & Record<string, unknown>>(sql`
    select t.id as "tenantId", t.slug, t.display_name as "displayName", c.name as "clusterName", p.name as "planName",
      s.resource, s.level, s."limit"::float8 as "limit",
      coalesce(case s.resource when 'storage_bytes' then u.bytes when 'relations' then u.relations end, s.used)::float8 as used,
      control.iso(s.since) as since, control.iso(s.grace_until) as "graceUntil", control.iso(s.enforced_at) as "enforcedAt",
      e.fault, coalesce(e.leaks, '[]') as leaks
    from control.quota_state s
    join control.tenant t on t.id = s.tenant_id
    join control.cluster c on c.id = t.cluster_id
    left join control.plan p on p.id = t.plan_id
    left join control.usage u on u.tenant_id = t.id
    left join control.enforcement e on e.tenant_id = t.id
    where s.level <> 'ok' and t.state in ('active', 'suspended')
    order by array_position(array['blocked', 'exceeded', 'critical', 'warned'], s.level),
      s.used::float8 / greatest(s."limit", 1) desc, t.id
    limit 200`)
  const counted = await db.execute<{ level: OverRow['level']; tenants: number }>(sql`
    select s.level, count(*)::int as tenants from control.quota_state s join control.tenant t on t.id = s.tenant_id
    where s.level <> 'ok' and t.state in ('active', 'suspended') group by 1`)
  const counts = { blocked: 0, exceeded: 0, critical: 0, warned: 0 }
  for (const { level, tenants } of counted.rows) counts[level] = tenants
  return { items: rows, counts }
}
