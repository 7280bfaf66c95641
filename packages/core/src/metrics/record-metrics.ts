import type { MetricName } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'

export interface Measured {
  readonly metric: MetricName
  /** Left out: of the whole fleet. */
  readonly clusterId?: string
  /** Null: there is none, and nothing is written down. */
  readonly value: number | null
}

/** Writes down what was measured just now. */
export async function recordMetrics(tx: Database, measured: readonly Measured[]): Promise<void> {
  const samples = measured.map(({ metric, clusterId, value }) => ({ metric, cluster_id: clusterId, value }))
  await tx.execute(sql`select control.record_metrics(${JSON.stringify(samples)}::jsonb)`)
}
