import type {
  OnFailure,
  OperationError,
  OperationKind,
  OperationState,
  StepResources,
  StepState,
} from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bulk } from './bulk.ts'
import { cluster } from './cluster.ts'
import { at, control } from './control.ts'
import { spare } from './spare.ts'
import { tenant } from './tenant.ts'
import { user } from './user.ts'

/** One piece of work: the truth about it. The queue only says when to look here. */
export const operation = control.table(
  'operation',
  {
    id: text().primaryKey(),
    kind: text().notNull().$type<OperationKind>(),
    state: text().notNull().$type<OperationState>().default('queued'),
    tenantId: text('tenant_id').references(() => tenant.id),
    /** The tenant that is read from, and held like the one that is changed. */
    sourceId: text('source_id').references(() => tenant.id),
    /** The spare that it builds or drops; then there is no tenant. */
    spareId: text('spare_id').references(() => spare.id),
    /** The bulk that it is a child of. */
    bulkId: text('bulk_id').references(() => bulk.id),
    templateId: text('template_id'),
    clusterId: text('cluster_id')
      .notNull()
      .references(() => cluster.id),
    input: jsonb().notNull().$type<Record<string, unknown>>().default({}),
    result: jsonb().$type<Record<string, unknown>>(),
    error: jsonb().$type<OperationError>(),
    priority: smallint().notNull(),
    /** Attempts begun; also tells a stale worker's writes apart. */
    attempt: integer().notNull().default(0),
    maxAttempts: integer('max_attempts').notNull(),
    /** The tenant's fencing token taken at the last claim. */
    fence: bigint({ mode: 'number' }).notNull().default(0),
    /** The source's, taken at the same claim. */
    sourceFence: bigint('source_fence', { mode: 'number' }),
    /** A person wants it to stop: at the next step, or in the middle of one once `cancel_force_at` is over. */
    cancelRequestedAt: at('cancel_requested_at'),
    cancelRequestedBy: text('cancel_requested_by').references(() => user.id),
    cancelForceAt: at('cancel_force_at'),
    /** Who holds it and until when; null when nobody does. */
    workerId: text('worker_id'),
    leaseUntil: at('lease_until'),
    /** Not to be claimed before; null in state waiting: until a person decides. */
    dueAt: at('due_at').defaultNow(),
    /** Whether finished steps are taken back when one fails for good, or kept until a person decides. */
    onFailure: text('on_failure').notNull().$type<OnFailure>().default('undo'),
    /** Seconds from the first claim until the whole operation must have ended, however often tried. */
    deadlineSeconds: integer('deadline_seconds').notNull(),
    /** Set by the first claim: time in the queue does not count. */
    deadlineAt: at('deadline_at'),
    requestedBy: text('requested_by')
      .notNull()
      .references(() => user.id),
    requestId: text('request_id'),
    /** W3C: the span that it was asked for in; the attempts' spans go on from there. */
    traceParent: text('trace_parent'),
    idempotencyKey: text('idempotency_key').notNull(),
    /** sha256 of the request: the same key with another request is refused. */
    requestHash: text('request_hash').notNull(),
    retryOf: text('retry_of'),
    /** A person has seen the failure and needs no more of it. */
    asideAt: at('aside_at'),
    asideBy: text('aside_by').references(() => user.id),
    asideReason: text('aside_reason'),
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
  },
  (t) => [
    uniqueIndex('operation_is_one_per_idempotency_key').on(t.requestedBy, t.idempotencyKey),
    uniqueIndex('operation_is_one_at_a_time_per_tenant')
      .on(t.tenantId)
      .where(sql`${t.state} not in ('succeeded', 'failed', 'cancelled')`),
    uniqueIndex('operation_is_one_at_a_time_per_source')
      .on(t.sourceId)
      .where(sql`${t.state} not in ('succeeded', 'failed', 'cancelled')`),
    uniqueIndex('operation_is_one_at_a_time_per_spare')
      .on(t.spareId)
      .where(sql`${t.state} not in ('succeeded', 'failed', 'cancelled')`),
    foreignKey({ columns: [t.retryOf], foreignColumns: [t.id] }),
    check(
      'operation_finished_iff_final',
      sql`(${t.finishedAt} is not null) = (${t.state} in ('succeeded', 'failed', 'cancelled'))`,
    ),
    check(
      'operation_leased_iff_in_hand',
      sql`(${t.leaseUntil} is not null) = (${t.state} in ('running', 'undoing')) and (${t.workerId} is not null) = (${t.leaseUntil} is not null)`,
    ),
    check('operation_failed_has_error', sql`${t.state} <> 'failed' or ${t.error} is not null`),
    check('operation_is_on_a_tenant_or_a_spare', sql`${t.spareId} is null or ${t.tenantId} is null`),
    check(
      'operation_cancel_is_requested_whole_or_not_at_all',
      sql`(${t.cancelRequestedAt} is null) = (${t.cancelRequestedBy} is null) and (${t.cancelRequestedAt} is null) = (${t.cancelForceAt} is null)`,
    ),
    check(
      'operation_without_due_time_waits_for_a_decision',
      sql`${t.dueAt} is not null or (${t.state} = 'waiting' and ${t.error} is not null)`,
    ),
    check('operation_on_failure_is_known', sql`${t.onFailure} in ('undo', 'keep')`),
    check(
      'operation_is_put_aside_whole_or_not_at_all',
      sql`(${t.asideAt} is null) = (${t.asideBy} is null) and (${t.asideAt} is null) = (${t.asideReason} is null) and (${t.asideAt} is null or ${t.state} = 'failed')`,
    ),
    index('operation_by_bulk').on(t.bulkId, t.state).where(sql`${t.bulkId} is not null`),
    index('operation_by_creation').on(t.createdAt, t.id),
    index('operation_by_tenant').on(t.tenantId, t.createdAt),
    index('operation_by_spare').on(t.spareId).where(sql`${t.spareId} is not null`),
    index('operation_by_state').on(t.state, t.createdAt),
    index('operation_by_finish').on(t.finishedAt),
    index('operation_by_retry').on(t.retryOf),
    index('operation_in_flight').on(t.leaseUntil, t.dueAt).where(sql`${t.finishedAt} is null`),
  ],
)

/** What one attempt did of one step. Steps that have not begun have no row. */
export const operationStep = control.table(
  'operation_step',
  {
    operationId: text('operation_id')
      .notNull()
      .references(() => operation.id),
    attempt: integer().notNull(),
    /** `down`: the step is being taken back. */
    direction: text().notNull().$type<'up' | 'down'>().default('up'),
    ordinal: smallint().notNull(),
    name: text().notNull(),
    state: text().notNull().$type<StepState>(),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
    result: jsonb().$type<Record<string, unknown>>(),
    error: jsonb().$type<OperationError>(),
    /** What it has had of the clusters; null while it runs, and of what ended without a word. */
    resources: jsonb().$type<StepResources>(),
  },
  (t) => [
    primaryKey({ columns: [t.operationId, t.attempt, t.direction, t.ordinal] }),
    check(
      'operation_step_finished_iff_not_running',
      sql`(${t.finishedAt} is null) = (${t.state} = 'running')`,
    ),
  ],
)

export const operationLog = control.table(
  'operation_log',
  {
    operationId: text('operation_id')
      .notNull()
      .references(() => operation.id),
    line: bigint({ mode: 'number' }).notNull(),
    attempt: integer().notNull(),
    at: at('at').notNull(),
    level: text().notNull().$type<'info' | 'warn' | 'error' | 'sql'>(),
    step: text(),
    message: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>(),
  },
  (t) => [primaryKey({ columns: [t.operationId, t.line] })],
)
