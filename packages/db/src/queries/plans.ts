import type { QuotaResource } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

export interface PlanLimit {
  readonly resource: QuotaResource
  readonly limit: number
  readonly graceSeconds: number
}

export interface PlanRow {
  /** Null: what holds for every tenant whose plan says nothing. */
  readonly id: string | null
  readonly name: string
  readonly description: string
  readonly rowVersion: number
  /** How many tenants have it that are not gone for good. */
  readonly tenants: number
  readonly limits: readonly PlanLimit[]
}

/** Every plan with its limits by name, the fleet's defaults first. */
export async function listPlans(db: Database): Promise<PlanRow[]> {
  const { rows } = await db.execute<PlanRow & Record<string, unknown>>(sql`
    select p.id, p.name, p.description, p.row_version::float8 as "rowVersion",
      (select count(*)::int from control.tenant t
        where t.plan_id is not distinct from p.id and t.state not in ('discarded', 'purged')) as tenants,
      coalesce((
        select json_agg(json_build_object('resource', q.resource, 'limit', q."limit", 'graceSeconds', q.grace_seconds))
        from control.quota q where q.plan_id is not distinct from p.id and q.tenant_id is null), '[]') as limits
    from (select id, name, description, row_version from control.plan
      union all select null, 'Fleet default', 'What holds where a plan says nothing.', 1) p
    order by p.id is not null, lower(p.name)`)
  return rows
}
