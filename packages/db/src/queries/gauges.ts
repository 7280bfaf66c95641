import type { FindingKind, FindingState, OperationKind, TenantState } from '@tenantry/contracts'
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
  /** Worker processes that have been heard of lately. */
  readonly workers: number
  /** Failed operations that nobody has done anything about. */
  readonly deadLetters: number
}

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
  return {
    tenants: tenants.rows,
    operations: operations.rows,
    clusters: clusters.rows,
    findings: findings.rows,
    comparisons: comparisons.rows,
    workers: await db.$count(worker, isAlive),
    deadLetters: await countDeadLetters(db),
  }
}
