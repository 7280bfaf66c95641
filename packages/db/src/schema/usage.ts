import { sql } from 'drizzle-orm'
import { bigint, doublePrecision, index, integer, jsonb, text } from 'drizzle-orm/pg-core'
import { cluster } from './cluster.ts'
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
    /** Where it was measured: while it moves, that is not yet where it is. */
    clusterId: text('cluster_id').references(() => cluster.id),
    /** What its cluster's counters said, to tell what has come since: the collector's own. */
    signature: jsonb().notNull().$type<UsageSignature | Record<string, never>>().default({}),
    /** When its sizes were taken. */
    sizedAt: at('sized_at'),
    /** When anything of it was last found changed; unchanged it is as of its cluster's collection. */
    seenAt: at('seen_at').notNull().defaultNow(),
    /** When it was last written into its history. */
    sampledAt: at('sampled_at'),
    /** Since when its schema is not found on its cluster. */
    absentSince: at('absent_since'),
  },
  (t) => [
    index('usage_by_size').on(sql`${t.bytes} desc nulls last`, t.tenantId),
    index('usage_by_cluster').on(t.clusterId),
  ],
)

/** A tenant's counters as its cluster had them, before they are carried on. */
export interface UsageSignature {
  readonly relations: number
  /** A sum over file numbers, as text: it exceeds what a number holds. */
  readonly files: string
  readonly pages: number
  readonly written: number
  readonly dead: number
  readonly blocksHit: number
  readonly blocksRead: number
  /** How often the cluster's counters had begun anew by then. */
  readonly generation: number
  /** Of pg_stat_statements; left out where it is not there. */
  readonly statements?: {
    readonly calls: number
    readonly seconds: number
    readonly tempBytes: number
    readonly transactions: number
    /** How often these had begun anew. */
    readonly generation: number
  }
}

/** How the usage of each cluster's tenants is being collected. */
export const usageCollection = control.table('usage_collection', {
  clusterId: text('cluster_id')
    .primaryKey()
    .references(() => cluster.id),
  /** Raised by each collection that begins; one that was overtaken writes nothing. */
  run: bigint({ mode: 'number' }).notNull().default(0),
  startedAt: at('started_at'),
  endedAt: at('ended_at'),
  /** When all its tenants were last looked at. */
  collectedAt: at('collected_at'),
  tookMs: integer('took_ms'),
  /** Tenants that were found, whose usage had changed, whose sizes were taken, and whose were left because of a lock. */
  tenants: integer(),
  changed: integer(),
  sized: integer(),
  locked: integer(),
  /** When the sizes of all its tenants were last taken. */
  sweptAt: at('swept_at'),
  /** Whose counters they are. */
  source: jsonb().notNull().$type<UsageSource | Record<string, never>>().default({}),
  /** Why the last one did not come to its end; null when it did. */
  fault: text(),
})

/** Which counters a cluster has, and how often they have begun anew since it is looked at. */
export interface UsageSource {
  readonly statsReset: string | null
  readonly commits: number
  readonly generation: number
  readonly statementsReset: string | null
  readonly statementsGeneration: number
}
