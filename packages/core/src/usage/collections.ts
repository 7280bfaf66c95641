import { collectEveryMs } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import type { UsageSource } from '@tenantry/db/schema'
import { sql } from 'drizzle-orm'
import type { CoreContext } from '../core-context.ts'
import { recordMetrics } from '../metrics/record-metrics.ts'
import { recordUsage, type TenantUsage } from './record-usage.ts'

/** One collection in hand; a later one of the same cluster has a higher run. */
export interface CollectionRun {
  readonly clusterId: string
  readonly run: number
  /** What the last one found; undefined before the first. */
  readonly source: UsageSource | undefined
  /** The sizes of all tenants are to be taken, whatever has changed. */
  readonly sweep: boolean
}

/** After so long a collection that has not ended is given up: its worker died. Milliseconds. */
const patienceMs = 120_000

/**
 * Takes one cluster that is due; one worker gets it. Sweeps are an hour apart, and spread so that not all clusters have
 * theirs at once.
 * @returns undefined when none is due
 */
export async function beginCollection(
  { db }: CoreContext,
  everyMs: number = collectEveryMs.tenant,
): Promise<CollectionRun | undefined> {
  const { rows } = await db.execute<{
    cluster_id: string
    run: number
    source: UsageSource | Record<string, never>
    sweep: boolean
  }>(sql`
    with due as (
      select c.id from control.cluster c left join control.usage_collection k on k.cluster_id = c.id
      where c.state <> 'detached' and (
        k.started_at is null or k.started_at < clock_timestamp() - ${patienceMs} * interval '1 ms'
        or k.ended_at >= k.started_at and k.started_at < clock_timestamp() - ${everyMs} * interval '1 ms')
      order by k.started_at nulls first limit 1 for no key update of c skip locked)
    insert into control.usage_collection as k (cluster_id, run, started_at)
    select id, 1, clock_timestamp() from due
    on conflict (cluster_id) do update set run = k.run + 1, started_at = clock_timestamp()
    returning k.cluster_id, k.run::float8 as run, k.source,
      k.swept_at is null or k.swept_at < clock_timestamp() - interval '1 hour'
        - abs(hashtext(k.cluster_id) % 600) * interval '1 second' as sweep`)
  const [row] = rows
  return (
    row && {
      clusterId: row.cluster_id,
      run: row.run,
      source: 'generation' in row.source ? (row.source as UsageSource) : undefined,
      sweep: row.sweep,
    }
  )
}

/** What a collection found. */
export interface Collected {
  readonly source: UsageSource
  /** What has changed, and what has not been written down for a while. */
  readonly usage: readonly TenantUsage[]
  /** Tenants that are registered on the cluster and have no schema there. */
  readonly absent: readonly string[]
  readonly tenants: number
  readonly sized: number
  /** Tenants whose sizes could not be taken because of a lock. */
  readonly locked: number
  readonly swept: boolean
  /** Seconds that a tenant's table has been due for autovacuum, of the longest. */
  readonly vacuumAge: number
  readonly tookMs: number
}

/** Writes down what a collection found, all at once; nothing when a later one has begun meanwhile. */
export async function endCollection(
  { db }: CoreContext,
  { clusterId, run }: CollectionRun,
  found: Collected,
): Promise<void> {
  await db.transaction(async (tx) => {
    const mine = await tx.execute(sql`
      update control.usage_collection set ended_at = clock_timestamp(), collected_at = clock_timestamp(), fault = null,
        took_ms = ${Math.round(found.tookMs)}, tenants = ${found.tenants}, changed = ${found.usage.length},
        sized = ${found.sized}, locked = ${found.locked}, source = ${JSON.stringify(found.source)}::jsonb,
        swept_at = case when ${found.swept} then clock_timestamp() else swept_at end
      where cluster_id = ${clusterId} and run = ${run} returning cluster_id`)
    if (!mine.rows.length) return
    await recordUsage(tx, clusterId, found.usage)
    await tx.execute(sql`
      update control.usage set absent_since = clock_timestamp(), seen_at = clock_timestamp()
      where absent_since is null and tenant_id in (select jsonb_array_elements_text(${JSON.stringify(found.absent)}::jsonb))`)
    // What it was is in the history; it is no more.
    await tx.execute(sql`
      delete from control.usage u using control.tenant t
      where t.id = u.tenant_id and t.state in ('discarded', 'purged') and u.cluster_id = ${clusterId}`)
    await recordMetrics(tx, [{ metric: 'cluster_vacuum_age_seconds', clusterId, value: found.vacuumAge }])
    await tell(tx, clusterId, run)
  })
}

/** Whoever looks at usage hears of it: sums of the cluster, never a row a tenant. */
async function tell(tx: Database, clusterId: string, run: number): Promise<void> {
  await tx.execute(sql`
    insert into control.event_outbox (topics, kind, entity_id, version, patch)
    select array['usage'], 'usage.sampled', ${clusterId}, ${run}, jsonb_build_object(
      'clusterId', ${clusterId}::text, 'tenants', count(*), 'bytes', coalesce(sum(bytes), 0),
      'connections', coalesce(sum(connections), 0), 'at', control.iso(clock_timestamp()))
    from control.usage where cluster_id = ${clusterId} and absent_since is null`)
}

/** Says why a collection did not come to its end. What was measured before stays. */
export async function failCollection(
  { db }: CoreContext,
  { clusterId, run }: CollectionRun,
  fault: string,
): Promise<void> {
  await db.execute(sql`
    update control.usage_collection set ended_at = clock_timestamp(), fault = ${fault}
    where cluster_id = ${clusterId} and run = ${run}`)
}
