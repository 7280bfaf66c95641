import { type MetricOf, workerSilentAfterMs } from '@tenantry/contracts'
import { countDeadLetters, type Database } from '@tenantry/db'
import { sql } from 'drizzle-orm'
import { verifyAudit } from '../audit/verify-audit.ts'

type FleetMetric = MetricOf<'fleet'>
type Counters = Extract<FleetMetric, `fleet_operations_${'succeeded' | 'failed' | 'ended'}`>
type ByQuery = Exclude<FleetMetric, Counters | 'fleet_dead_letters' | 'fleet_audit_chain_ok'>

/** How the fleet is at this moment. Call it in a transaction: it remembers how far it has counted. */
export async function fleetMetrics(tx: Database): Promise<Record<FleetMetric, number | null>> {
  const { rows } = await tx.execute<Record<ByQuery, number>>(sql`
    select
      count(*) filter (where o.state = 'queued')::float8 as fleet_operations_queued,
      count(*) filter (where o.state in ('running', 'undoing'))::float8 as fleet_operations_running,
      count(*) filter (where o.deadline_at < clock_timestamp())::float8 as fleet_operations_stuck,
      coalesce(extract(epoch from clock_timestamp()
        - min(o.due_at) filter (where o.state = 'queued' and o.due_at <= clock_timestamp())), 0)::float8
        as fleet_queue_wait_seconds,
      (select count(*) from control.worker
        where seen_at > clock_timestamp() - ${workerSilentAfterMs} * interval '1 ms')::float8 as fleet_workers,
      (select count(*) from control.finding where state = 'open')::float8 as fleet_findings,
      (select count(distinct tenant_id) from control.quota_state where level = 'blocked')::float8 as fleet_tenants_blocked,
      (select count(*) from control.channel
        where failing_since is not null and enabled and removed_at is null)::float8 as fleet_notifications_failing
    from control.operation o where o.finished_at is null`)
  const [now] = rows
  if (!now) throw new Error('the fleet was not counted')
  const ended = await countEnded(tx)
  return {
    ...now,
    ...ended,
    fleet_dead_letters: await countDeadLetters(tx),
    fleet_audit_chain_ok: (await verifyAudit(tx)) ? 1 : 0,
  }
}

/**
 * How many operations have ever ended. Those of the last two minutes are counted anew each time, so that none is missed
 * whose transaction commits late; what is older has been added up.
 */
async function countEnded(tx: Database): Promise<Record<Counters, number>> {
  const { rows } = await tx.execute<Record<Counters, number>>(sql`
    with known as (
      select coalesce(max(until), '-infinity') as until, coalesce(max((state ->> 'succeeded')::bigint), 0) as succeeded,
        coalesce(max((state ->> 'failed')::bigint), 0) as failed, coalesce(max((state ->> 'ended')::bigint), 0) as ended
      from control.sampling where name = 'operations'
    ), cut as (select greatest(until, clock_timestamp() - interval '2 minutes') as at from known),
    counted as (
      select count(*) filter (where o.finished_at < cut.at and o.state = 'succeeded') as old_succeeded,
        count(*) filter (where o.finished_at < cut.at and o.state = 'failed') as old_failed,
        count(*) filter (where o.finished_at < cut.at) as old_ended,
        count(*) filter (where o.state = 'succeeded') as succeeded,
        count(*) filter (where o.state = 'failed') as failed, count(*) as ended
      from control.operation o, known, cut where o.finished_at >= known.until
    ), kept as (
      insert into control.sampling (name, until, state)
      select 'operations', cut.at, jsonb_build_object('succeeded', k.succeeded + c.old_succeeded,
        'failed', k.failed + c.old_failed, 'ended', k.ended + c.old_ended)
      from known k, counted c, cut
      on conflict (name) do update set until = excluded.until, state = excluded.state
    )
    select (k.succeeded + c.succeeded)::float8 as fleet_operations_succeeded,
      (k.failed + c.failed)::float8 as fleet_operations_failed, (k.ended + c.ended)::float8 as fleet_operations_ended
    from known k, counted c`)
  const [row] = rows
  if (!row) throw new Error('the ended operations were not counted')
  return row
}
