import {
  type FindingKind,
  type FindingState,
  type MetricName,
  metricNames,
  type OperationKind,
  type QuotaLevel,
  type QuotaResource,
  type Severity,
  scopeOf,
  type TenantState,
} from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { worker } from '../schema/index.ts'
import { countDeadLetters } from './dead-letters.ts'
import { isAlive } from './workers.ts'

export interface FleetGauges {
  readonly tenants: { readonly cluster: string; readonly state: TenantState; readonly count: number }[]
  readonly operations: {
    readonly kind: OperationKind
    readonly queued: number
    readonly running: number
    /** Seconds that the oldest one has been waiting for a worker. */
    readonly oldestQueued: number
  }[]
  readonly clusters: { readonly cluster: string; readonly reachable: boolean }[]
  readonly findings: { readonly kind: FindingKind; readonly state: FindingState; readonly count: number }[]
  readonly comparisons: {
    readonly cluster: string
    /** Seconds since 1970 of the last one that was whole, and how many it took. */
    readonly comparedAt: number
    readonly took: number
  }[]
  /** Schemas that Tenantry keeps there: of tenants and of spares. */
  readonly schemas: { readonly cluster: string; readonly count: number }[]
  /** What was last measured of each cluster, if it was in the last ten minutes. */
  readonly measured: { readonly metric: MetricName; readonly cluster: string; readonly value: number }[]
  readonly overQuota: {
    readonly quota: QuotaResource
    readonly level: QuotaLevel
    readonly count: number
  }[]
  /** Alerts that fire now, silenced or not. */
  readonly alerts: { readonly severity: Severity; readonly count: number }[]
  readonly audit: {
    readonly entries: number
    /** Whether every chain was whole when they were last verified, and when, seconds since 1970; null: never yet. */
    readonly ok: number | null
    readonly verifiedAt: number | null
  }
  /** Worker processes that have been heard of lately. */
  readonly workers: number
  /** Failed operations that nobody has done anything about. */
  readonly deadLetters: number
}

const clusterMetrics = metricNames.filter((name) => scopeOf(name) === 'cluster' && name !== 'cluster_up')

/** What Prometheus reads at each scrape. */
export async function readGauges(db: Database): Promise<FleetGauges> {
  const tenants = await db.execute<FleetGauges['tenants'][number] & Record<string, unknown>>(sql`
    select c.name as cluster, t.state, count(*)::int as count
    from control.tenant t join control.cluster c on c.id = t.cluster_id
    where t.state not in ('discarded', 'purged') group by 1, 2`)
  const operations = await db.execute<FleetGauges['operations'][number] & Record<string, unknown>>(sql`
    select kind, count(*) filter (where state in ('queued', 'waiting'))::int as queued,
      count(*) filter (where state in ('running', 'undoing'))::int as running,
      coalesce(extract(epoch from now() - min(due_at) filter (where state = 'queued' and due_at <= now())), 0)::float8
        as "oldestQueued"
    from control.operation where finished_at is null group by kind`)
  const clusters = await db.execute<FleetGauges['clusters'][number] & Record<string, unknown>>(
    sql`select name as cluster, reachable from control.cluster where state <> 'detached'`,
  )
  const findings = await db.execute<FleetGauges['findings'][number] & Record<string, unknown>>(
    sql`select kind, state, count(*)::int as count from control.finding where state <> 'resolved' group by 1, 2`,
  )
  const comparisons = await db.execute<FleetGauges['comparisons'][number] & Record<string, unknown>>(sql`
    select c.name as cluster, extract(epoch from r.compared_at)::float8 as "comparedAt", r.took_ms / 1000.0::float8 as took
    from control.reconciliation r join control.cluster c on c.id = r.cluster_id where r.compared_at is not null`)
  const schemas = await db.execute<FleetGauges['schemas'][number] & Record<string, unknown>>(sql`
    select c.name as cluster, (
        (select count(*) from control.tenant t where t.cluster_id = c.id and t.state not in ('discarded', 'purged'))
        + (select count(*) from control.spare s where s.cluster_id = c.id and s.state in ('building', 'ready', 'left'))
      )::int as count
    from control.cluster c where c.state <> 'detached'`)
  const measured = await db.execute<FleetGauges['measured'][number] & Record<string, unknown>>(sql`
    select m.name as metric, c.name as cluster, n.value
    from unnest(${sql.param(clusterMetrics)}::text[]) m (name), control.metric_now(m.name) n
      join control.cluster c on c.id = n.cluster_id and c.state <> 'detached'`)
  const overQuota = await db.execute<FleetGauges['overQuota'][number] & Record<string, unknown>>(sql`
    select resource as quota, level, count(*)::int as count from control.quota_state
    where level <> 'ok' group by 1, 2`)
  const alerts = await db.execute<FleetGauges['alerts'][number] & Record<string, unknown>>(sql`
    select i.severity, count(*)::int as count
    from control.alert a join control.incident i on i.id = a.incident_id where a.state = 'firing' group by 1`)
  const audit = await db.execute<FleetGauges['audit'] & Record<string, unknown>>(sql`
    select coalesce((select sum(seq) from control.audit_head), 0)::float8 as entries,
      last.value as ok, extract(epoch from last.at)::float8 as "verifiedAt"
    from (select) one left join lateral (
      select value, at from control.metric_sample where metric = 'fleet_audit_chain_ok' order by at desc limit 1
    ) last on true`)
  const [chain = { entries: 0, ok: null, verifiedAt: null }] = audit.rows
  return {
    schemas: schemas.rows,
    measured: measured.rows,
    overQuota: overQuota.rows,
    alerts: alerts.rows,
    audit: chain,
    tenants: tenants.rows,
    operations: operations.rows,
    clusters: clusters.rows,
    findings: findings.rows,
    comparisons: comparisons.rows,
    workers: await db.$count(worker, isAlive),
    deadLetters: await countDeadLetters(db),
  }
}
