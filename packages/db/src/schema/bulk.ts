import type { BulkCounts, BulkItemState, BulkKind, BulkState, ErrorCode } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
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
import { at, control } from './control.ts'
import { tenant } from './tenant.ts'
import { user } from './user.ts'

/** One request on many tenants. Its children are ordinary operations (`operation.bulk_id`). */
export const bulk = control.table(
  'bulk',
  {
    id: text().primaryKey(),
    kind: text().notNull().$type<BulkKind>(),
    state: text().notNull().$type<BulkState>().default('running'),
    /** What chose the tenants; null when they were listed. */
    filter: jsonb().$type<Record<string, unknown>>(),
    /** What every child's request holds. */
    input: jsonb().notNull().$type<Record<string, unknown>>().default({}),
    reason: text().notNull().default(''),
    total: integer().notNull(),
    /** Children in flight at most. */
    window: integer().notNull(),
    /** Why Tenantry paused it by itself; null when a person did. */
    pauseReason: text('pause_reason'),
    /** How many items came to what, counted once at its end: its children change no more. */
    outcome: jsonb().$type<BulkCounts>(),
    requestedBy: text('requested_by')
      .notNull()
      .references(() => user.id),
    requestId: text('request_id'),
    idempotencyKey: text('idempotency_key').notNull(),
    requestHash: text('request_hash').notNull(),
    retryOf: text('retry_of'),
    rowVersion: bigint('row_version', { mode: 'number' }).notNull().default(1),
    createdAt: at('created_at').notNull().defaultNow(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    uniqueIndex('bulk_is_one_per_idempotency_key').on(t.requestedBy, t.idempotencyKey),
    foreignKey({ columns: [t.retryOf], foreignColumns: [t.id] }),
    check(
      'bulk_finished_iff_final',
      sql`(${t.finishedAt} is not null) = (${t.state} in ('finished', 'cancelled'))`,
    ),
    check('bulk_outcome_iff_final', sql`(${t.outcome} is not null) = (${t.finishedAt} is not null)`),
    check('bulk_pause_has_reason_only_while_paused', sql`${t.pauseReason} is null or ${t.state} = 'paused'`),
    check('bulk_has_items', sql`${t.total} > 0`),
    check('bulk_window_is_bounded', sql`${t.window} between 1 and 500`),
    index('bulk_by_retry').on(t.retryOf),
    index('bulk_by_creation').on(t.createdAt, t.id),
    index('bulk_in_flight').on(t.state).where(sql`${t.finishedAt} is null`),
  ],
)

/** One tenant, or one row of an import, of a bulk. */
export const bulkItem = control.table(
  'bulk_item',
  {
    bulkId: text('bulk_id')
      .notNull()
      .references(() => bulk.id),
    ordinal: integer().notNull(),
    state: text().notNull().$type<BulkItemState>().default('pending'),
    tenantId: text('tenant_id').references(() => tenant.id),
    /** What this child's request holds besides the bulk's input. */
    input: jsonb().notNull().$type<Record<string, unknown>>().default({}),
    operationId: text('operation_id'),
    /** The failed operation that it does again. */
    retryOf: text('retry_of'),
    /** Why it never became an operation. */
    refusal: jsonb().$type<BulkRefusal>(),
    /** A row of an import that was wrong from the beginning: it holds no request, and is not retried. */
    isWrongRow: boolean('is_wrong_row').notNull().default(false),
    /** How often it was put off because its tenant was busy, and until when. */
    tries: smallint().notNull().default(0),
    dueAt: at('due_at'),
  },
  (t) => [
    primaryKey({ columns: [t.bulkId, t.ordinal] }),
    uniqueIndex('bulk_item_is_one_per_tenant').on(t.bulkId, t.tenantId),
    check(
      'bulk_item_requested_iff_operation',
      sql`(${t.state} = 'requested') = (${t.operationId} is not null)`,
    ),
    check('bulk_item_refused_iff_refusal', sql`(${t.state} = 'refused') = (${t.refusal} is not null)`),
    check('bulk_item_wrong_row_is_refused', sql`not ${t.isWrongRow} or ${t.state} = 'refused'`),
    uniqueIndex('bulk_item_is_one_per_operation').on(t.operationId),
    index('bulk_item_by_state').on(t.bulkId, t.state, t.ordinal),
  ],
)

export interface BulkRefusal {
  readonly code: ErrorCode
  readonly message: string
  readonly action?: string
  /** The input's field; in an import the column. */
  readonly field?: string
  /** See `normaliseError`. */
  readonly group: string
}
