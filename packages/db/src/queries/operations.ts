import type {
  Lane,
  OnFailure,
  OperationError,
  OperationKind,
  OperationState,
  StepResources,
  StepState,
} from '@tenantry/contracts'
import { operationSteps } from '@tenantry/contracts'
import { and, asc, desc, eq, gt, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '../control/open-control.ts'
import { cluster, operation, operationLog, operationStep, template, tenant, user } from '../schema/index.ts'
import { cutPage, decodeCursor, defaultLimit, exactly, holds, iso, isoOrNull, type Page } from './keyset.ts'
import { inLanes, placesInQueue } from './queue.ts'

export interface OperationFilter {
  readonly states?: readonly OperationState[] | undefined
  readonly kinds?: readonly OperationKind[] | undefined
  readonly tenantId?: string | undefined
  readonly templateId?: string | undefined
  readonly clusterId?: string | undefined
  readonly lanes?: readonly Lane[] | undefined
  readonly bulkId?: string | undefined
  /** Part of the tenant's slug, or the whole id. */
  readonly text?: string | undefined
}

export interface OperationListing extends OperationFilter {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** An operation, with the field names of `operation.changed` events. */
export interface OperationRow {
  readonly id: string
  readonly kind: OperationKind
  readonly state: OperationState
  readonly tenantId: string | null
  readonly tenantSlug: string | null
  readonly templateId: string | null
  readonly templateSlug: string | null
  readonly clusterId: string
  readonly clusterName: string
  readonly attempt: number
  readonly maxAttempts: number
  readonly error: OperationError | null
  readonly result: Record<string, unknown> | null
  readonly requestedBy: string
  readonly requestedByName: string
  readonly retryOf: string | null
  /** The bulk that it is a child of. */
  readonly bulkId: string | null
  readonly priority: number
  readonly cancelRequestedAt: string | null
  readonly cancelForceAt: string | null
  readonly asideAt: string | null
  readonly rowVersion: number
  readonly createdAt: string
  /** Null while it waits for a person's decision. */
  readonly dueAt: string | null
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

const columns = {
  id: operation.id,
  kind: operation.kind,
  state: operation.state,
  tenantId: operation.tenantId,
  tenantSlug: tenant.slug,
  templateId: operation.templateId,
  templateSlug: template.slug,
  clusterId: operation.clusterId,
  clusterName: cluster.name,
  attempt: operation.attempt,
  maxAttempts: operation.maxAttempts,
  error: operation.error,
  result: operation.result,
  requestedBy: operation.requestedBy,
  requestedByName: user.name,
  retryOf: operation.retryOf,
  bulkId: operation.bulkId,
  priority: operation.priority,
  cancelRequestedAt: isoOrNull(operation.cancelRequestedAt),
  cancelForceAt: isoOrNull(operation.cancelForceAt),
  asideAt: isoOrNull(operation.asideAt),
  rowVersion: operation.rowVersion,
  createdAt: iso(operation.createdAt),
  dueAt: isoOrNull(operation.dueAt),
  startedAt: isoOrNull(operation.startedAt),
  finishedAt: isoOrNull(operation.finishedAt),
}

function matching(filter: OperationFilter): SQL | undefined {
  return and(
    filter.states?.length ? inArray(operation.state, [...filter.states]) : undefined,
    filter.kinds?.length ? inArray(operation.kind, [...filter.kinds]) : undefined,
    filter.tenantId
      ? or(eq(operation.tenantId, filter.tenantId), eq(operation.sourceId, filter.tenantId))
      : undefined,
    filter.templateId ? eq(operation.templateId, filter.templateId) : undefined,
    filter.clusterId ? eq(operation.clusterId, filter.clusterId) : undefined,
    filter.lanes?.length ? inLanes(operation.priority, filter.lanes) : undefined,
    filter.bulkId ? eq(operation.bulkId, filter.bulkId) : undefined,
    filter.text ? or(holds(tenant.slug, filter.text), eq(operation.id, filter.text)) : undefined,
  )
}

export interface OperationPage extends Page<OperationRow> {
  /** How many there are in each state, with every filter but the one on states. */
  readonly byState: Partial<Record<OperationState, number>>
}

/** Operations, newest first. */
export async function listOperations(db: Database, listing: OperationListing): Promise<OperationPage> {
  const { limit = defaultLimit } = listing
  let after: SQL | undefined
  if (listing.cursor) {
    const [at, id] = decodeCursor(listing.cursor, ['time', 'text'])
    after = sql`(${operation.createdAt}, ${operation.id}) < (${at}::timestamptz, ${id})`
  }
  const rows = await db
    .select({ ...columns, sortedBy: exactly(operation.createdAt) })
    .from(operation)
    .innerJoin(cluster, eq(cluster.id, operation.clusterId))
    .innerJoin(user, eq(user.id, operation.requestedBy))
    .leftJoin(tenant, eq(tenant.id, operation.tenantId))
    .leftJoin(template, eq(template.id, operation.templateId))
    .where(and(matching(listing), after))
    .orderBy(desc(operation.createdAt), desc(operation.id))
    .limit(limit + 1)
  const counts = await db
    .select({ state: operation.state, count: sql<number>`count(*)::int` })
    .from(operation)
    .leftJoin(tenant, eq(tenant.id, operation.tenantId))
    .where(matching({ ...listing, states: undefined }))
    .groupBy(operation.state)
  const counted = counts.filter(({ state }) => !listing.states?.length || listing.states.includes(state))
  return {
    ...cutPage(
      rows,
      limit,
      (row) => [row.sortedBy, row.id],
      ({ sortedBy: _, ...row }) => row,
    ),
    total: counted.reduce((sum, { count }) => sum + count, 0),
    byState: Object.fromEntries(counts.map(({ state, count }) => [state, count])),
  }
}

/** What one attempt did of one step. */
export interface StepRow {
  readonly attempt: number
  readonly direction: 'up' | 'down'
  readonly ordinal: number
  readonly name: string
  readonly state: StepState
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly result: Record<string, unknown> | null
  readonly error: OperationError | null
  /** What it has had of the clusters; null until it ends. */
  readonly resources: StepResources | null
}

/** How long operations of a kind take, from the last 200 that succeeded; null while there are none. */
export interface Typical {
  readonly operations: number
  /** p50, seconds. */
  readonly total: number | null
  /** p50 of each step, seconds. */
  readonly steps: Record<string, number>
}

export interface OperationDetail extends OperationRow {
  readonly input: Record<string, unknown>
  readonly deadlineAt: string
  readonly leaseUntil: string | null
  readonly workerId: string | null
  readonly requestId: string | null
  /** W3C: the trace that it is part of; null when it was asked for outside of one. */
  readonly traceParent: string | null
  readonly fence: number
  readonly onFailure: OnFailure
  readonly cancelRequestedByName: string | null
  readonly asideByName: string | null
  readonly asideReason: string | null
  /** The operation that did it again; null when nobody has. */
  readonly retriedBy: string | null
  /** The named steps of its kind, in order. */
  readonly plan: readonly { readonly name: string; readonly title: string }[]
  /** Every step of every attempt, in the order in which they began. */
  readonly steps: StepRow[]
  readonly typical: Typical
  /** Operations that wait on the same cluster and go before it; null once it has begun. */
  readonly queuedBefore: number | null
  readonly logLines: number
}

/** One operation with everything that its page shows but the log; undefined when there is none. */
export async function getOperation(db: Database, id: string): Promise<OperationDetail | undefined> {
  const retry = alias(operation, 'retry')
  const canceller = alias(user, 'canceller')
  const asider = alias(user, 'asider')
  const [row] = await db
    .select({
      ...columns,
      // What only the worker needs to know stays here.
      input: sql<Record<string, unknown>>`${operation.input} - 'verifier'`,
      deadlineAt: iso(operation.deadlineAt),
      leaseUntil: isoOrNull(operation.leaseUntil),
      workerId: operation.workerId,
      requestId: operation.requestId,
      traceParent: operation.traceParent,
      fence: operation.fence,
      onFailure: operation.onFailure,
      cancelRequestedByName: canceller.name,
      asideByName: asider.name,
      asideReason: operation.asideReason,
      retriedBy: retry.id,
    })
    .from(operation)
    .innerJoin(cluster, eq(cluster.id, operation.clusterId))
    .innerJoin(user, eq(user.id, operation.requestedBy))
    .leftJoin(tenant, eq(tenant.id, operation.tenantId))
    .leftJoin(template, eq(template.id, operation.templateId))
    .leftJoin(canceller, eq(canceller.id, operation.cancelRequestedBy))
    .leftJoin(asider, eq(asider.id, operation.asideBy))
    .leftJoin(retry, eq(retry.retryOf, operation.id))
    .where(eq(operation.id, id))
    .orderBy(desc(retry.createdAt))
    .limit(1)
  if (!row) return undefined
  return {
    ...row,
    plan: operationSteps[row.kind],
    steps: await stepsOf(db, id),
    typical: await typicalOf(db, row.kind),
    queuedBefore: row.state === 'queued' ? ((await placesInQueue(db, [id]))[id] ?? 0) : null,
    logLines: await db.$count(operationLog, eq(operationLog.operationId, id)),
  }
}

function stepsOf(db: Database, operationId: string): Promise<StepRow[]> {
  return db
    .select({
      attempt: operationStep.attempt,
      direction: operationStep.direction,
      ordinal: operationStep.ordinal,
      name: operationStep.name,
      state: operationStep.state,
      startedAt: iso(operationStep.startedAt),
      finishedAt: isoOrNull(operationStep.finishedAt),
      result: operationStep.result,
      error: operationStep.error,
      resources: operationStep.resources,
    })
    .from(operationStep)
    .where(eq(operationStep.operationId, operationId))
    .orderBy(asc(operationStep.startedAt), asc(operationStep.attempt), asc(operationStep.ordinal))
}

async function typicalOf(db: Database, kind: OperationKind): Promise<Typical> {
  const { rows } = await db.execute<{ name: string | null; p50: number; operations: number }>(sql`
    with recent as (
      select id, extract(epoch from finished_at - started_at)::float8 as seconds from control.operation
      where kind = ${kind} and state = 'succeeded' and started_at is not null order by finished_at desc limit 200
    )
    select null as name, percentile_cont(0.5) within group (order by seconds) as p50, count(*)::int as operations
    from recent having count(*) > 0
    union all
    select s.name, percentile_cont(0.5) within group (order by extract(epoch from s.finished_at - s.started_at)::float8),
      count(*)::int
    from recent join control.operation_step s on s.operation_id = recent.id
    where s.state = 'done' and s.direction = 'up' group by s.name`)
  const total = rows.find((row) => row.name === null)
  return {
    operations: total?.operations ?? 0,
    total: total?.p50 ?? null,
    steps: Object.fromEntries(rows.flatMap(({ name, p50 }) => (name === null ? [] : [[name, p50]]))),
  }
}

export interface LogLine {
  readonly line: number
  readonly attempt: number
  readonly at: string
  readonly level: 'info' | 'warn' | 'error' | 'sql'
  readonly step: string | null
  readonly message: string
  readonly data: Record<string, unknown> | null
}

/**
 * A part of an operation's log, in order: what follows `afterLine`, what precedes `beforeLine`, else its end.
 * @returns `lastLine`: the newest there is, 0 when the log is empty
 */
export async function readOperationLog(
  db: Database,
  {
    operationId,
    afterLine,
    beforeLine,
    limit = 1000,
  }: {
    readonly operationId: string
    readonly afterLine?: number | undefined
    readonly beforeLine?: number | undefined
    readonly limit?: number | undefined
  },
): Promise<{ lines: LogLine[]; lastLine: number }> {
  const forward = afterLine !== undefined
  const lines = await db
    .select({
      line: operationLog.line,
      attempt: operationLog.attempt,
      at: iso(operationLog.at),
      level: operationLog.level,
      step: operationLog.step,
      message: operationLog.message,
      data: operationLog.data,
    })
    .from(operationLog)
    .where(
      and(
        eq(operationLog.operationId, operationId),
        forward ? gt(operationLog.line, afterLine) : undefined,
        beforeLine !== undefined ? lt(operationLog.line, beforeLine) : undefined,
      ),
    )
    .orderBy(forward ? asc(operationLog.line) : desc(operationLog.line))
    .limit(limit)
  const [last] = await db
    .select({ line: sql<number>`coalesce(max(${operationLog.line}), 0)::float8` })
    .from(operationLog)
    .where(eq(operationLog.operationId, operationId))
  return { lines: forward ? lines : lines.reverse(), lastLine: last?.line ?? 0 }
}
