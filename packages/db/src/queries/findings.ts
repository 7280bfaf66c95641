import type {
  ClusterState,
  FindingDetail,
  FindingHolder,
  FindingKind,
  FindingState,
  OperationKind,
  OperationState,
} from '@tenantry/contracts'
import { and, asc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'
import { cluster, finding, operation, reconciliation, spare, tenant, user } from '../schema/index.ts'
import { cutPage, decodeCursor, defaultLimit, iso, isoOrNull, type Page } from './keyset.ts'

export interface FindingFilter {
  readonly kinds?: readonly FindingKind[] | undefined
  /** Open and ignored ones when left out. */
  readonly states?: readonly FindingState[] | undefined
  readonly clusterId?: string | undefined
  readonly tenantId?: string | undefined
}

export interface FindingListing extends FindingFilter {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** A difference, with the field names of `finding.changed` events. */
export interface FindingRow {
  readonly id: string
  readonly kind: FindingKind
  readonly state: FindingState
  readonly clusterId: string
  readonly clusterName: string
  readonly tenantId: string | null
  /** Null when no tenant of this cluster has that id. */
  readonly tenantSlug: string | null
  /** Whom it is about as the registry has it now: what can be done depends on it. */
  readonly holder: FindingHolder
  /** The schema that it is about, or the id that roles are named after. */
  readonly subject: string
  readonly detail: FindingDetail
  readonly rowVersion: number
  readonly firstSeenAt: string
  readonly lastSeenAt: string
  readonly resolvedAt: string | null
  readonly ignoredBy: string | null
  readonly ignoredBecause: string | null
  /** What is at work on it right now. */
  readonly operation: {
    readonly id: string
    readonly kind: OperationKind
    readonly state: OperationState
  } | null
}

export interface FindingPage extends Page<FindingRow> {
  /** How many there are of each kind, under the filter but for its kinds. */
  readonly byKind: Partial<Record<FindingKind, number>>
  /** How many there are in each state, under the filter but for its states. */
  readonly byState: Partial<Record<FindingState, number>>
}

const selectFindings = (db: Database) =>
  db
    .select({
      id: finding.id,
      kind: finding.kind,
      state: finding.state,
      clusterId: finding.clusterId,
      clusterName: cluster.name,
      tenantId: finding.tenantId,
      tenantSlug: tenant.slug,
      holder: sql<FindingHolder>`coalesce(${tenant.state}, case when ${spare.id} is not null then 'spare' end)`,
      subject: finding.subject,
      detail: finding.detail,
      rowVersion: finding.rowVersion,
      firstSeenAt: iso(finding.firstSeenAt),
      lastSeenAt: iso(finding.lastSeenAt),
      resolvedAt: isoOrNull(finding.resolvedAt),
      ignoredBy: user.name,
      ignoredBecause: finding.ignoredBecause,
      operation: { id: operation.id, kind: operation.kind, state: operation.state },
    })
    .from(finding)
    .innerJoin(cluster, eq(cluster.id, finding.clusterId))
    .leftJoin(tenant, and(eq(tenant.id, finding.tenantId), eq(tenant.clusterId, finding.clusterId)))
    .leftJoin(
      spare,
      and(
        eq(spare.id, finding.tenantId),
        eq(spare.clusterId, finding.clusterId),
        eq(spare.state, 'ready'),
        isNull(tenant.id),
      ),
    )
    .leftJoin(user, eq(user.id, finding.ignoredBy))
    .leftJoin(
      operation,
      and(
        isNull(operation.finishedAt),
        or(eq(operation.tenantId, finding.tenantId), eq(operation.spareId, finding.tenantId)),
      ),
    )

const standing: readonly FindingState[] = ['open', 'ignored']

function matching({ kinds, states, clusterId, tenantId }: FindingFilter): SQL | undefined {
  return and(
    inArray(finding.state, [...(states?.length ? states : standing)]),
    kinds?.length ? inArray(finding.kind, [...kinds]) : undefined,
    clusterId ? eq(finding.clusterId, clusterId) : undefined,
    tenantId ? eq(finding.tenantId, tenantId) : undefined,
  )
}

/** A page of findings, by kind, the oldest of each first. */
export async function listFindings(db: Database, listing: FindingListing): Promise<FindingPage> {
  const { limit = defaultLimit, cursor, ...filter } = listing
  let after: SQL | undefined
  if (cursor) {
    const [kind, id] = decodeCursor(cursor, ['text', 'text'])
    after = sql`(${finding.kind}, ${finding.id}) > (${kind}, ${id})`
  }
  const rows = await selectFindings(db)
    .where(and(matching(filter), after))
    .orderBy(asc(finding.kind), asc(finding.id))
    .limit(limit + 1)
  const byKind = await db
    .select({ kind: finding.kind, count: sql<number>`count(*)::int` })
    .from(finding)
    .where(matching({ ...filter, kinds: undefined }))
    .groupBy(finding.kind)
  const everyState = ['open', 'ignored', 'resolved'] as const
  const byState = await db
    .select({ state: finding.state, count: sql<number>`count(*)::int` })
    .from(finding)
    .where(matching({ ...filter, states: everyState }))
    .groupBy(finding.state)
  return {
    ...cutPage(
      rows,
      limit,
      (row) => [row.kind, row.id],
      (row) => row,
    ),
    total: await db.$count(finding, matching(filter)),
    byKind: Object.fromEntries(byKind.map(({ kind, count }) => [kind, count])),
    byState: Object.fromEntries(byState.map(({ state, count }) => [state, count])),
  }
}

/** One finding, resolved or not; undefined when there is none. */
export async function getFinding(db: Database, id: string): Promise<FindingRow | undefined> {
  const [row] = await selectFindings(db).where(eq(finding.id, id)).limit(1)
  return row
}

/** How a cluster stands with the registry. */
export interface ComparedCluster {
  readonly clusterId: string
  readonly clusterName: string
  readonly clusterState: ClusterState
  readonly reachable: boolean
  /** When it was last read whole; null when never: findings are as of then. */
  readonly comparedAt: string | null
  readonly tookMs: number | null
  readonly compared: number | null
  /** Left out because an operation was at work on them. */
  readonly busy: number | null
  /** Why the last comparison did not come to its end. */
  readonly fault: string | null
  /** `due`: asked for · `running`: being compared · `resting`: until its next turn. */
  readonly now: 'due' | 'running' | 'resting'
  readonly open: number
  readonly ignored: number
}

/** Every cluster that is looked after, by name. */
export async function listComparedClusters(db: Database): Promise<ComparedCluster[]> {
  const counted = db
    .select({
      clusterId: finding.clusterId,
      open: sql<number>`count(*) filter (where ${finding.state} = 'open')`.as('open'),
      ignored: sql<number>`count(*) filter (where ${finding.state} = 'ignored')`.as('ignored'),
    })
    .from(finding)
    .where(inArray(finding.state, [...standing]))
    .groupBy(finding.clusterId)
    .as('counted')
  return db
    .select({
      clusterId: cluster.id,
      clusterName: cluster.name,
      clusterState: cluster.state,
      reachable: cluster.reachable,
      comparedAt: isoOrNull(reconciliation.comparedAt),
      tookMs: reconciliation.tookMs,
      compared: reconciliation.compared,
      busy: reconciliation.busy,
      fault: reconciliation.fault,
      now: sql<ComparedCluster['now']>`case
        when ${reconciliation.startedAt} > coalesce(${reconciliation.endedAt}, '-infinity') then 'running'
        when ${reconciliation.requestedAt} > coalesce(${reconciliation.startedAt}, '-infinity') then 'due'
        when ${reconciliation.startedAt} is null then 'due' else 'resting' end`,
      open: sql<number>`coalesce(${counted.open}, 0)::int`,
      ignored: sql<number>`coalesce(${counted.ignored}, 0)::int`,
    })
    .from(cluster)
    .leftJoin(reconciliation, eq(reconciliation.clusterId, cluster.id))
    .leftJoin(counted, eq(counted.clusterId, cluster.id))
    .where(sql`${cluster.state} <> 'detached'`)
    .orderBy(asc(cluster.name))
}
