import { type MetricName, metricNames, scopeOf } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

export interface TenantFigures {
  readonly id: string
  readonly slug: string
  readonly cluster: string
  /** By metric; what was not measured is left out. */
  readonly values: Partial<Record<MetricName, number>>
}

const ofTenants = metricNames.filter((name) => scopeOf(name) === 'tenant')
/** The column of `control.usage` that keeps a metric of tenants. */
const columnOf = (metric: MetricName) => metric.slice('tenant_'.length)

/** What the largest tenants use, by storage. @param top how many at most */
export async function largestTenants(db: Database, top: number): Promise<TenantFigures[]> {
  const columns = ofTenants.map(
    (name) => sql`u.${sql.identifier(columnOf(name))}::float8 as ${sql.identifier(name)}`,
  )
  const { rows } = await db.execute<
    Record<string, unknown> & { id: string; slug: string; cluster: string }
  >(sql`
    select t.id, t.slug, c.name as cluster, ${sql.join(columns, sql`, `)}
    from control.usage u join control.tenant t on t.id = u.tenant_id join control.cluster c on c.id = t.cluster_id
    where t.state in ('active', 'suspended') order by u.bytes desc nulls last, u.tenant_id limit ${top}`)
  return rows.map(({ id, slug, cluster, ...row }) => ({
    id,
    slug,
    cluster,
    values: Object.fromEntries(ofTenants.flatMap((name) => (row[name] === null ? [] : [[name, row[name]]]))),
  }))
}
