import type { Database } from '@tenantry/db'
import type { usage } from '@tenantry/db/schema'
import { sql } from 'drizzle-orm'

/** A row of control.usage as the collector writes it. */
export type TenantUsage = Omit<
  typeof usage.$inferSelect,
  'clusterId' | 'quotaRatio' | 'seenAt' | 'sampledAt' | 'absentSince'
>

/** So many go in one statement. */
const atOnce = 1000

/** Writes down what tenants of a cluster use, and adds it to their history. */
export async function recordUsage(
  tx: Database,
  clusterId: string,
  rows: readonly TenantUsage[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += atOnce) {
    const part = rows.slice(from, from + atOnce).map((row) => ({
      tenant_id: row.tenantId,
      bytes: row.bytes,
      table_bytes: row.tableBytes,
      index_bytes: row.indexBytes,
      toast_bytes: row.toastBytes,
      relations: row.relations,
      rows: row.rows,
      dead_rows: row.deadRows,
      connections: row.connections,
      oldest_transaction_seconds: row.oldestTransactionSeconds,
      cache_hit_ratio: row.cacheHitRatio,
      rows_written: row.rowsWritten,
      transactions: row.transactions,
      temp_bytes: row.tempBytes,
      calls: row.calls,
      statement_seconds: row.statementSeconds,
      signature: row.signature,
      sized_at: row.sizedAt,
    }))
    await tx.execute(sql`select control.record_usage(${clusterId}, ${JSON.stringify(part)}::jsonb)`)
  }
}
