import {
  type BulkState,
  laneOf,
  type NamedOperation,
  type OperationError,
  type OperationState,
  type WaitingReason,
  workerSilentAfterMs,
} from '@tenantry/contracts'
import { sql } from 'drizzle-orm'
import type { Database } from '../control/open-control.ts'

/** The queue's own facts about one operation, as one statement sees them. */
interface Facts extends Record<string, unknown> {
  readonly state: OperationState
  readonly error: OperationError | null
  readonly dueAt: string | null
  readonly isDue: boolean
  readonly deadlineAt: string | null
  readonly cancelAt: string | null
  readonly cancelBy: string | null
  readonly forceAt: string | null
  readonly leaseUntil: string | null
  readonly isLeaseOver: boolean
  readonly workerName: string | null
  readonly clusterId: string
  readonly cluster: string
  readonly reachable: boolean
  readonly fault: string | null
  readonly checkedAt: string | null
  readonly hands: number
  readonly workers: number
  readonly lastSeenAt: string | null
  readonly busy: number
  readonly inHand: readonly NamedOperation[]
  readonly before: number
  readonly next: NamedOperation | null
  readonly nextPriority: number | null
  readonly bulkId: string | null
  readonly bulkState: BulkState | null
  readonly hasJob: boolean
}

/** Seconds within which an operation that the queue has forgotten is found and woken. */
const rescueSeconds = 7

/**
 * Why an operation is not moving: every reason that holds now, the one that matters most first. Empty for one that a
 * worker is at work on, or that has ended; undefined when there is no such operation.
 */
export async function whyWaiting(db: Database, operationId: string): Promise<WaitingReason[] | undefined> {
  const { rows } = await db.execute<Facts>(factsOf(operationId))
  return rows[0] && reasonsOf(rows[0])
}

const isFree = sql`o.finished_at is null and o.state in ('queued', 'waiting') and o.due_at <= clock_timestamp()`
const named = sql`jsonb_build_object('id', o.id, 'kind', o.kind, 'tenantSlug', t.slug, 'templateSlug', p.slug)`
const names = sql`left join control.tenant t on t.id = o.tenant_id left join control.template p on p.id = o.template_id`

const factsOf = (id: string) => sql`
  select me.state, me.error, control.iso(me.due_at) as "dueAt", coalesce(me.due_at <= clock_timestamp(), false) as "isDue",
    control.iso(me.deadline_at) as "deadlineAt",
    control.iso(me.cancel_requested_at) as "cancelAt", canceller.name as "cancelBy",
    control.iso(me.cancel_force_at) as "forceAt",
    control.iso(me.lease_until) as "leaseUntil", coalesce(me.lease_until < clock_timestamp(), false) as "isLeaseOver",
    coalesce(holder.name, me.worker_id) as "workerName",
    c.id as "clusterId", c.name as cluster, c.reachable, c.fault, control.iso(c.checked_at) as "checkedAt",
    c.max_concurrency * w.alive as hands, w.alive as workers, control.iso(w.seen) as "lastSeenAt",
    h.busy, h.first as "inHand", a.before, a.next, a.priority as "nextPriority",
    b.id as "bulkId", b.state as "bulkState",
    exists (select from pgboss.job j
      where j.name = 'operations-' || me.cluster_id and j.data ->> 'operationId' = me.id
        and j.state in ('created', 'retry', 'active')) as "hasJob"
  from control.operation me
  join control.cluster c on c.id = me.cluster_id
  left join control."user" canceller on canceller.id = me.cancel_requested_by
  left join control.worker holder on holder.id = me.worker_id
  left join control.bulk b on b.id = me.bulk_id
  cross join lateral (
    select count(*) filter (where seen_at > clock_timestamp() - ${workerSilentAfterMs} * interval '1 ms')::int as alive,
      max(seen_at) as seen
    from control.worker) w
  cross join lateral (
    select count(*)::int as busy,
      coalesce(jsonb_agg(${named} order by o.started_at) filter (where o.place <= 5), '[]') as first
    from (select *, row_number() over (order by started_at) as place from control.operation
      where finished_at is null and cluster_id = me.cluster_id and lease_until > clock_timestamp() and id <> me.id) o
    ${names}) h
  cross join lateral (
    select count(*)::int as before, (array_agg(${named} order by o.priority, o.created_at, o.id))[1] as next,
      min(o.priority)::int as priority
    from control.operation o ${names}
    where ${isFree} and o.cluster_id = me.cluster_id
      and (o.priority, o.created_at, o.id) < (me.priority, me.created_at, me.id)) a
  where me.id = ${id}`

function reasonsOf(facts: Facts): WaitingReason[] {
  const { state, error } = facts
  if (state !== 'queued' && state !== 'waiting' && state !== 'undoing' && state !== 'running') return []
  const reasons: WaitingReason[] = []
  if (facts.cancelAt && facts.forceAt) {
    reasons.push({ kind: 'cancel', by: facts.cancelBy ?? '', at: facts.cancelAt, forceAt: facts.forceAt })
  }
  const isHeld = state === 'waiting' && facts.dueAt === null
  if (isHeld) reasons.push({ kind: 'held', step: error?.step ?? null, message: error?.message ?? '' })
  const isFree = state === 'queued' || state === 'waiting'
  if (!isFree) reasons.push(...ofItsWorker(facts))
  if (isFree && !isHeld) reasons.push(...ofItsQueue(facts))
  if (reasons.length === 0) return []
  if (facts.deadlineAt && !isHeld && !facts.cancelAt) reasons.push({ kind: 'deadline', at: facts.deadlineAt })
  return reasons
}

/** A worker has it, or had it. */
function ofItsWorker(facts: Facts): WaitingReason[] {
  const { leaseUntil, state, error, reachable } = facts
  if (!leaseUntil) return []
  if (facts.isLeaseOver) return [{ kind: 'silent', worker: facts.workerName ?? '', leaseUntil }]
  // An undo that rests keeps its lease for as long as it rests.
  if (state === 'undoing' && !reachable) {
    return [unreachable(facts), { kind: 'rest', until: leaseUntil, message: error?.message ?? '' }]
  }
  return reachable ? [] : [unreachable(facts)]
}

/** Nobody has it. */
function ofItsQueue(facts: Facts): WaitingReason[] {
  const { state, error, dueAt, isDue } = facts
  const reasons: WaitingReason[] = []
  if (!facts.reachable) reasons.push(unreachable(facts))
  if (state === 'waiting' && !isDue && dueAt) {
    reasons.push({ kind: 'backoff', until: dueAt, code: error?.code ?? '', message: error?.message ?? '' })
    return reasons
  }
  if (facts.workers === 0) reasons.push({ kind: 'no-worker', lastSeenAt: facts.lastSeenAt })
  else if (facts.busy >= facts.hands) {
    const { cluster, busy, hands, inHand } = facts
    reasons.push({ kind: 'hands', cluster, busy, hands, operations: inHand })
  }
  if (facts.before > 0 && facts.next) {
    const lane = laneOf(facts.nextPriority ?? 0)
    reasons.push({ kind: 'behind', count: facts.before, lane, next: facts.next })
  }
  if (facts.bulkId && facts.bulkState) {
    reasons.push({ kind: 'bulk', bulkId: facts.bulkId, state: facts.bulkState })
  }
  if (!facts.hasJob) reasons.push({ kind: 'no-job', withinSeconds: rescueSeconds })
  if (reasons.length === 0) reasons.push({ kind: 'soon' })
  return reasons
}

function unreachable({ clusterId, cluster, fault, checkedAt }: Facts): WaitingReason {
  return { kind: 'unreachable', clusterId, cluster, fault, checkedAt }
}
