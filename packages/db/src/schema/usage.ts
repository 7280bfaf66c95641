import { sql } from 'drizzle-orm'
import { bigint, doublePrecision, index, integer, jsonb, text } from 'drizzle-orm/pg-core'
import { at, control } from './control.ts'
import { tenant } from './tenant.ts'

const bytes = (name: string) => bigint(name, { mode: 'number' })
const count = bytes

/**
 * What a tenant uses, as last measured. The columns are the metrics of scope tenant without their prefix
 * (`control.metric_now` finds them by name). Counters only rise: what PostgreSQL resets is carried on here.
 * Null: not measured yet, or not to be had from this server.
 */
export const usage = control.table(
  'usage',
  {
    tenantId: text('tenant_id')
      .primaryKey()
      .references(() => tenant.id),
    bytes: bytes('bytes'),
    tableBytes: bytes('table_bytes'),
    indexBytes: bytes('index_bytes'),
    toastBytes: bytes('toast_bytes'),
    relations: count('relations'),
    rows: count('rows'),
    deadRows: count('dead_rows'),
    connections: integer('connections'),
    oldestTransactionSeconds: doublePrecision('oldest_transaction_seconds'),
    cacheHitRatio: doublePrecision('cache_hit_ratio'),
    rowsWritten: count('rows_written'),
    transactions: count('transactions'),
    tempBytes: bytes('temp_bytes'),
    calls: count('calls'),
    statementSeconds: doublePrecision('statement_seconds'),
    quotaRatio: doublePrecision('quota_ratio'),
    /** What tells whether anything has changed since: the collector's own. */
    signature: jsonb().notNull().default({}),
    /** When its sizes were taken. */
    sizedAt: at('sized_at'),
    /** When its counters were last looked at. */
    seenAt: at('seen_at').notNull().defaultNow(),
  },
  (t) => [index('usage_by_size').on(sql`${t.bytes} desc nulls last`, t.tenantId)],
)
