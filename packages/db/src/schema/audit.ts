import type { AuditAction, AuditOutcome } from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { at, bytea, control } from './control.ts'

/**
 * Who did what, when, with which outcome. Insert-only, and chained: each row carries the hash of the one before it in
 * its chain (a tenant's id, or `system`). The database fills `seq`, `at`, `prevHash` and `hash`.
 */
export const audit = control.table(
  'audit',
  {
    chain: text().notNull(),
    seq: bigint({ mode: 'number' }).notNull().default(0),
    at: at('at').notNull().default(sql`clock_timestamp()`),
    /** A user's id, or `anonymous`. */
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    sessionId: text('session_id'),
    address: text(),
    requestId: text('request_id'),
    action: text().notNull().$type<AuditAction>(),
    targetKind: text('target_kind'),
    targetId: text('target_id'),
    outcome: text().notNull().$type<AuditOutcome>(),
    errorCode: text('error_code'),
    operationId: text('operation_id'),
    attempt: integer(),
    before: jsonb().$type<Record<string, unknown>>(),
    after: jsonb().$type<Record<string, unknown>>(),
    prevHash: bytea('prev_hash').notNull().default(sql`''::bytea`),
    hash: bytea('hash').notNull().default(sql`''::bytea`),
  },
  (t) => [
    primaryKey({ columns: [t.chain, t.seq] }),
    check(
      'audit_outcome_is_known',
      sql`${t.outcome} in ('requested', 'denied', 'succeeded', 'failed', 'cancelled')`,
    ),
    index('audit_by_time').on(t.at, t.chain, t.seq),
    uniqueIndex('audit_operation_is_requested_once').on(t.operationId).where(sql`${t.outcome} = 'requested'`),
    uniqueIndex('audit_operation_ends_once')
      .on(t.operationId)
      .where(sql`${t.outcome} in ('succeeded', 'failed', 'cancelled')`),
    index('audit_by_operation').on(t.operationId),
    index('audit_by_actor').on(t.actorId, t.at),
  ],
)

/** The last link of every chain: what the next row continues, and what shows that a tail was cut off. */
export const auditHead = control.table('audit_head', {
  chain: text().primaryKey(),
  seq: bigint({ mode: 'number' }).notNull(),
  hash: bytea('hash').notNull(),
})
