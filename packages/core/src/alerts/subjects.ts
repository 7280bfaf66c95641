import { type AlertRule, type MetricName, scopeOf } from '@tenantry/contracts'
import { type SQL, sql } from 'drizzle-orm'

/**
 * Whom a rule is about, as a query: `key`, `tenant_id`, `cluster_id`, `name`, `labels` and `since`, in milliseconds, from
 * when on it is measured.
 */
export function subjectsOf({ scope }: Pick<AlertRule, 'scope'>, metric: MetricName, ruleSince: Date): SQL {
  const of = scopeOf(metric)
  if (of === 'fleet') {
    return sql`select '' as key, null::text as tenant_id, null::text as cluster_id, 'fleet' as name, '{}'::jsonb as labels,
      ${ruleSince.getTime()}::float8 as since`
  }
  const labels = sql`labels @> ${JSON.stringify(scope.labels)}::jsonb`
  const clusters = scope.clusterIds.length ? sql`${sql.param(scope.clusterIds)}::text[]` : sql`null::text[]`
  if (of === 'cluster') {
    return sql`select id as key, null::text as tenant_id, id as cluster_id, name, labels,
        extract(epoch from created_at)::float8 * 1000 as since
      from control.cluster where state <> 'detached' and ${labels} and (${clusters} is null or id = any (${clusters}))`
  }
  const tenants = scope.tenantIds.length ? sql`${sql.param(scope.tenantIds)}::text[]` : sql`null::text[]`
  return sql`select id as key, id as tenant_id, cluster_id, slug as name, labels,
      extract(epoch from coalesce(activated_at, created_at))::float8 * 1000 as since
    from control.tenant where state in ('active', 'suspended') and ${labels}
      and (${clusters} is null or cluster_id = any (${clusters})) and (${tenants} is null or id = any (${tenants}))`
}

/** Why an open alert `a` has no subject any more, in a sentence; the tenant and cluster joined as `t` and `c`. */
export const whyGone = sql`case
  when t.state in ('purged', 'discarded', 'archived') then 'The tenant is ' || t.state || '.'
  when c.state = 'detached' then 'The cluster is detached.'
  else 'The rule is about it no more.' end`
