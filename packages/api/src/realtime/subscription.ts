import { type LiveBatch, type LiveEvent, liveProtocolVersion, type Topic } from '@tenantry/contracts'
import type { RealtimeMetrics, ResyncReason } from '../metrics/realtime-metrics.ts'

/** More distinct entries than this, and the reader is better off asking for what it missed. */
export const mostPending = 2000
/** Batches on their way that nobody has acknowledged. */
export const mostUnacknowledged = 2
export const slowAfterMs = 10_000
export const lostAfterMs = 60_000

/** Facts of their own, every one of which is told; of all else only an entity's newest state counts. */
const tellEach = new Set<LiveEvent['kind']>(['operation.log', 'audit.appended'])

export interface Outlet {
  batch(batch: LiveBatch, acknowledged: () => void): void
  resync(topic: Topic): void
  /** Nothing has been acknowledged for a minute. */
  lost(): void
}

export interface Subscription {
  readonly topic: Topic
  push(event: LiveEvent): void
  /** Sends what is pending, unless the reader is behind. */
  flush(): void
  /** Lets batches go, once the reply to the subscription is on its way. */
  release(): void
  /** Notices a reader that takes nothing. */
  check(now: number): void
}

export interface SubscriptionParts {
  readonly topic: Topic
  /** Up to where the node has told its subscriptions; where this one begins. */
  readonly seq: () => number
  readonly outlet: Outlet
  readonly metrics: RealtimeMetrics
  readonly clock?: () => number
}

/**
 * One socket's place in one topic. What the socket cannot take yet is merged, entity by entity, so that a slow reader
 * costs no more than the entities that changed; one that stays slow is told once to ask again.
 */
export function createSubscription(parts: SubscriptionParts): Subscription {
  const { topic, seq, outlet, metrics, clock = Date.now } = parts
  const pending = new Map<string, LiveEvent>()
  let last = seq()
  /** When each batch that is not acknowledged was sent, oldest first. */
  const sent = new Map<symbol, number>()
  let held = true
  /** Told to ask again: nothing is kept for it until it does. */
  let dropped = false

  function drop(reason: ResyncReason): void {
    dropped = true
    pending.clear()
    metrics.resynced(reason)
    outlet.resync(topic)
  }

  function flush(): void {
    if (held || dropped || pending.size === 0 || sent.size >= mostUnacknowledged) return
    const events = [...pending.values()]
    pending.clear()
    const batch = { v: liveProtocolVersion, topic, from: last, to: seq(), events }
    last = batch.to
    const at = clock()
    const mark = Symbol(topic)
    sent.set(mark, at)
    metrics.delivered(topic, events.length)
    outlet.batch(batch, () => {
      if (!sent.delete(mark)) return
      metrics.acknowledged((clock() - at) / 1000)
      flush()
    })
  }

  return {
    topic,
    push(event) {
      if (dropped || event.seq <= last) return
      const key = tellEach.has(event.kind) ? `${event.seq}` : `${event.kind} ${event.entityId}`
      const older = pending.get(key)
      if (older) {
        metrics.coalesced()
        pending.delete(key)
      }
      pending.set(key, older ? { ...event, patch: { ...older.patch, ...event.patch } } : event)
      if (pending.size > mostPending) drop('overflow')
    },

    flush,

    release() {
      held = false
      flush()
    },

    check(now) {
      const [oldest = now] = sent.values()
      const waited = now - oldest
      if (waited >= lostAfterMs) outlet.lost()
      else if (waited >= slowAfterMs && !dropped && pending.size > 0) drop('slow')
    },
  }
}
