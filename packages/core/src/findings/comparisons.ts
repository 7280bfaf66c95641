import { TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { cluster } from '@tenantry/db/schema'
import { and, eq, ne, sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import type { Comparison } from './find-differences.ts'
import { recordFindings } from './record-findings.ts'

/** One comparison in hand; a later one of the same cluster has a higher run. */
export interface ComparisonRun {
  readonly clusterId: string
  readonly run: number
}

/** After so long a comparison that has not ended is given up: its worker died. Milliseconds. */
const patienceMs = 90_000

/**
 * Takes one cluster that is due: never compared, last compared `everyMs` ago, or asked for. One worker gets it.
 * @returns undefined when none is due
 */
export async function beginComparison(
  core: CoreContext,
  everyMs: number,
): Promise<ComparisonRun | undefined> {
  const { rows } = await core.db.execute<{ cluster_id: string; run: number }>(sql`
    with due as (
      select c.id from control.cluster c left join control.reconciliation r on r.cluster_id = c.id
      where c.state <> 'detached' and (
        r.started_at is null or r.started_at < clock_timestamp() - ${patienceMs} * interval '1 ms'
        or r.ended_at >= r.started_at and (
          r.ended_at < clock_timestamp() - ${everyMs} * interval '1 ms' or r.requested_at > r.started_at))
      order by r.requested_at > r.started_at desc nulls last, r.ended_at nulls first
      limit 1 for no key update of c skip locked)
    insert into control.reconciliation (cluster_id, run, started_at)
    select id, 1, clock_timestamp() from due
    on conflict (cluster_id) do update set run = control.reconciliation.run + 1, started_at = clock_timestamp()
    returning cluster_id, run::float8 as run`)
  const [row] = rows
  return row && { clusterId: row.cluster_id, run: row.run }
}

/** Writes down what a comparison found, all at once; nothing when a later one has begun meanwhile. */
export async function endComparison(
  core: CoreContext,
  { clusterId, run }: ComparisonRun,
  comparison: Comparison,
  tookMs: number,
): Promise<void> {
  await core.db.transaction(async (tx) => {
    const { rows } = await tx.execute(sql`
      update control.reconciliation set ended_at = clock_timestamp(), compared_at = clock_timestamp(), fault = null,
        took_ms = ${Math.round(tookMs)}, compared = ${comparison.compared}, busy = ${comparison.busy.length}
      where cluster_id = ${clusterId} and run = ${run} returning cluster_id`)
    if (rows.length) await recordFindings(tx, clusterId, comparison)
  })
}

/** Says why a comparison did not come to its end. What was found before stays, as of when it was found. */
export async function failComparison(
  core: CoreContext,
  { clusterId, run }: ComparisonRun,
  fault: string,
): Promise<void> {
  await core.db.execute(sql`
    update control.reconciliation set ended_at = clock_timestamp(), fault = ${fault}
    where cluster_id = ${clusterId} and run = ${run}`)
}

/** Has a cluster, or each of them, compared as soon as a worker is free. @returns the ids of those clusters */
export async function requestComparison(tx: Database, clusterId?: string): Promise<string[]> {
  const clusters = await tx
    .select({ id: cluster.id })
    .from(cluster)
    .where(and(ne(cluster.state, 'detached'), clusterId ? eq(cluster.id, clusterId) : undefined))
  if (clusterId && !clusters.length) {
    throw new TenantryError('not_found', `There is no cluster ${clusterId} that is looked after.`, {
      field: 'clusterId',
      action: 'Choose one of the clusters in the list.',
    })
  }
  for (const { id } of clusters) {
    await tx.execute(sql`
      insert into control.reconciliation (cluster_id, requested_at) values (${id}, clock_timestamp())
      on conflict (cluster_id) do update set requested_at = clock_timestamp()`)
  }
  return clusters.map(({ id }) => id)
}
