import type { DraftLimits, QuotaResource } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

/** What one limit would do to the tenants that it would hold for, by what was last measured. */
export interface SimulatedLimit {
  readonly resource: QuotaResource
  /** How many tenants it would hold for. */
  readonly tenants: number
  /** At 80 % of it or more, but not over. */
  readonly warned: number
  readonly over: number
  /** Of those over: held at once, because there is no time of grace. */
  readonly heldNow: number
  /** Blocked now, and it would let them go. */
  readonly released: number
  /** The fullest of those over, five at most. */
  readonly examples: readonly { readonly slug: string; readonly used: number }[]
}

/**
 * What limits would do if they were saved. A limit of a plan holds for its tenants that have none of their own, one of the
 * fleet where the plan has none either. Limits of what is not measured hold for somebody, but nobody is over.
 */
export async function simulateQuotas(
  db: Database,
  { tenantId, planId, limits }: { tenantId?: string; planId?: string; limits: DraftLimits },
): Promise<SimulatedLimit[]> {
  const { rows } = await db.execute<SimulatedLimit & Record<string, unknown>>(sql`
    with draft as (
      select * from jsonb_to_recordset(${JSON.stringify(limits)}::jsonb) d (resource text, "limit" bigint, "graceSeconds" int)
    ),
    affected as (
      select d.resource, d."limit", d."graceSeconds" as grace, t.slug, s.level, case d.resource
        when 'storage_bytes' then u.bytes when 'relations' then u.relations when 'connections' then u.connections end as used
      from draft d
      join control.tenant t on t.state in ('active', 'suspended')
      left join control.usage u on u.tenant_id = t.id
      left join control.quota_state s on s.tenant_id = t.id and s.resource = d.resource
      where case
        when ${tenantId ?? null}::text is not null then t.id = ${tenantId ?? null}
        when ${planId ?? null}::text is not null then t.plan_id = ${planId ?? null}
        else not exists (select from control.quota q where q.plan_id = t.plan_id and q.resource = d.resource) end
      and (${tenantId ?? null}::text is not null or not exists (
        select from control.quota q where q.tenant_id = t.id and q.resource = d.resource
          and (q.until is null or q.until > clock_timestamp())))
    )
    select d.resource, count(a.slug)::int as tenants,
      count(*) filter (where a.used >= 0.8 * a."limit" and a.used < a."limit")::int as warned,
      count(*) filter (where a.used >= a."limit")::int as over,
      count(*) filter (where a.used >= a."limit" and a.grace = 0)::int as "heldNow",
      count(*) filter (where a.level = 'blocked' and (a."limit" is null or a.used <= 0.95 * a."limit"))::int as released,
      coalesce((
        select json_agg(json_build_object('slug', e.slug, 'used', e.used)) from (
          select x.slug, x.used from affected x where x.resource = d.resource and x.used >= x."limit"
          order by x.used desc, x.slug limit 5) e), '[]') as examples
    from draft d left join affected a on a.resource = d.resource
    group by d.resource`)
  return limits.flatMap(({ resource }) => rows.find((row) => row.resource === resource) ?? [])
}
