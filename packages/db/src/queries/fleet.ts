import type { OperationState, TenantState } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { countTenants, type TenantCount } from './clusters.ts'

/** Cells of the fleet grid beyond which the rest is only counted. */
export const maxCells = 20_000

/** `[id, slug, state]`: thousands go over the wire at once. */
export type FleetCell = readonly [id: string, slug: string, state: TenantState]

export interface FleetCluster {
  readonly id: string
  readonly name: string
  readonly state: 'active' | 'cordoned'
  readonly reachable: boolean
  readonly counts: Partial<Record<TenantState, number>>
  /** By slug. */
  readonly cells: FleetCell[]
}

export interface FleetOverview {
  /** The event log's newest seq before any of this was read: apply what comes after it. */
  readonly seq: number
  /** Without discarded and purged ones. */
  readonly tenants: number
  readonly counts: Partial<Record<TenantState, number>>
  readonly clusters: FleetCluster[]
  /** True when there are more tenants than cells. */
  readonly cut: boolean
  readonly queue: QueueNow
}

export interface QueueNow {
  readonly queued: number
  readonly running: number
  /** Between two attempts. */
  readonly waiting: number
  readonly undoing: number
  /** Seconds that the oldest due operation has been waiting for a worker; 0 when none is. */
  readonly oldestQueued: number
}

/** Everything that the overview shows at once. */
export async function getFleetOverview(db: Database): Promise<FleetOverview> {
  const seq = await newestSeq(db)
  const counts = await countTenants(db)
  const clusters = await db.execute<{
    id: string
    name: string
    state: 'active' | 'cordoned'
    reachable: boolean
  }>(sql`select id, name, state, reachable from control.cluster where state <> 'detached' order by name`)
  const { rows: cells } = await db.execute<{ cluster: string; cell: FleetCell }>(sql`
    select cluster_id as cluster, json_build_array(id, slug, state) as cell from control.tenant
    where state not in ('discarded', 'purged') order by slug limit ${maxCells}`)
  const byCluster = Map.groupBy(cells, ({ cluster }) => cluster)
  const total = sum(counts)
  return {
    seq,
    tenants: total,
    counts: byState(counts),
    clusters: clusters.rows.map((row) => ({
      ...row,
      counts: byState(counts.filter(({ clusterId }) => clusterId === row.id)),
      cells: (byCluster.get(row.id) ?? []).map(({ cell }) => cell),
    })),
    cut: total > cells.length,
    queue: await getQueueNow(db),
  }
}

const sum = (counts: readonly TenantCount[]) => counts.reduce((all, { count }) => all + count, 0)

function byState(counts: readonly TenantCount[]): Partial<Record<TenantState, number>> {
  const grouped = Map.groupBy(counts, ({ state }) => state)
  return Object.fromEntries([...grouped].map(([state, of]) => [state, sum(of)]))
}

async function newestSeq(db: Database): Promise<number> {
  const { rows } = await db.execute<{ seq: number }>(
    sql`select coalesce(max(seq), 0)::float8 as seq from control.event`,
  )
  return rows[0]?.seq ?? 0
}

/** The queue at this moment. */
export async function getQueueNow(db: Database): Promise<QueueNow> {
  const { rows } = await db.execute<
    Record<Exclude<OperationState, 'succeeded' | 'failed' | 'cancelled'> | 'oldest', number>
  >(sql`
    select count(*) filter (where state = 'queued')::int as queued,
      count(*) filter (where state = 'running')::int as running,
      count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state = 'undoing')::int as undoing,
      coalesce(extract(epoch from now() - min(due_at) filter (where state = 'queued' and due_at <= now())), 0)::float8 as oldest
    from control.operation where finished_at is null`)
  const row = rows[0]
  return {
    queued: row?.queued ?? 0,
    running: row?.running ?? 0,
    waiting: row?.waiting ?? 0,
    undoing: row?.undoing ?? 0,
    oldestQueued: row?.oldest ?? 0,
  }
}
