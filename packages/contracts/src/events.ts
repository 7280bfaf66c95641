import { z } from 'zod'

/**
 * The live feed. The event log in PostgreSQL is the truth (`seq` in commit order, assigned by the relay); the socket
 * only hurries it along, so a client that missed something asks for it by `seq`.
 */
export const liveProtocolVersion = 1

/**
 * `fleet`: counters · `tenants`, `operations`, `bulks`, `clusters`, `findings`, `templates`, `alerts`, `channels`: one
 * entity a patch · `usage`: aggregates, at most one a second ·
 * `tenant:<id>`, `operation:<id>`, `bulk:<id>`: details and log.
 */
export const topic = z
  .string()
  .regex(
    /^(fleet|tenants|operations|audit|bulks|clusters|findings|templates|usage|alerts|channels|tenant:tn_[0-9a-z]{26}|operation:op_[0-9a-z]{26}|bulk:bk_[0-9a-z]{26})$/,
    'No such topic',
  )
export type Topic = string

export const eventKinds = [
  'tenant.changed',
  'operation.changed',
  'operation.step',
  'operation.log',
  'audit.appended',
  'fleet.sampled',
  'session.ended',
  'bulk.changed',
  'cluster.changed',
  'cluster.compared',
  'finding.changed',
  'pool.changed',
  'quota.changed',
  'usage.sampled',
  'incident.changed',
  'rule.changed',
  'silence.changed',
  'channel.changed',
  'notification.changed',
  'oncall.changed',
  'spare.changed',
  'template.changed',
] as const
export type EventKind = (typeof eventKinds)[number]

/** One entry of the log as clients see it. */
export interface LiveEvent {
  readonly seq: number
  readonly topic: Topic
  readonly kind: EventKind
  readonly entityId: string
  /** Rises with each change of the entity; apply only what is newer than what you have. */
  readonly version: number
  /** The entity's changed fields, in the shape that the queries return. */
  readonly patch: Readonly<Record<string, unknown>>
  readonly at: string
}

/** One packet a topic a tick: `from` is the seq that this packet continues from (your last `to`), else resync. */
export interface LiveBatch {
  readonly v: number
  readonly topic: Topic
  readonly from: number
  readonly to: number
  readonly events: readonly LiveEvent[]
}

export interface Heartbeat {
  readonly now: string
  readonly seq: number
  readonly node: string
  readonly build: string
}

export const subscribeRequest = z.object({ topic, since: z.number().int().nonnegative().optional() })
export type SubscribeRequest = z.infer<typeof subscribeRequest>

/**
 * `delta`: the events after `since` follow in the reply. `snapshot`: too far behind or a first visit; fetch the query
 * again and apply what comes after `seq`. `refused`: not allowed or malformed.
 */
export type SubscribeReply =
  | { readonly mode: 'delta'; readonly seq: number; readonly events: readonly LiveEvent[] }
  | { readonly mode: 'snapshot'; readonly seq: number }
  | { readonly mode: 'refused'; readonly code: string; readonly message: string }

export interface ServerToClientEvents {
  batch: (batch: LiveBatch, received: () => void) => void
  heartbeat: (beat: Heartbeat) => void
  /** The server dropped what it had for this topic: subscribe again. */
  resync: (topic: Topic) => void
  /** The session ended (signed out, disabled, role changed, expired). */
  ended: (reason: string) => void
  /** The node goes away: reconnect after so many milliseconds. */
  drain: (afterMs: number) => void
}

export interface ClientToServerEvents {
  subscribe: (request: SubscribeRequest, reply: (answer: SubscribeReply) => void) => void
  unsubscribe: (request: { topic: Topic }) => void
}

/** At most so many events in a delta; beyond it the client takes a snapshot. */
export const maxDelta = 5000
export const heartbeatMs = 2000
