import type { LiveEvent, Topic } from '@tenantry/contracts'
import type { LoggedEvent } from '@tenantry/db/queries'
import type { RealtimeMetrics } from '../metrics/realtime-metrics.ts'
import type { Subscription } from './subscription.ts'

/** Milliseconds in which changes of the same entity become one. */
export const coalesceMs = 100

export interface Hub {
  /** Up to where subscriptions have been told. */
  seq(): number
  startAt(seq: number): void
  join(subscription: Subscription): void
  leave(subscription: Subscription): void
  deliver(events: readonly LoggedEvent[]): void
  stop(): void
}

/** Hands each event to the subscriptions of its topics on this node: the steps of an operation at once, the rest ten times a second. */
export function createHub(metrics: RealtimeMetrics): Hub {
  const topics = new Map<Topic, Set<Subscription>>()
  const waiting = new Set<Subscription>()
  let seq = 0
  let timer: NodeJS.Timeout | undefined

  function flushWaiting(): void {
    timer = undefined
    for (const subscription of waiting) subscription.flush()
    waiting.clear()
  }

  return {
    seq: () => seq,
    startAt(at) {
      seq = at
    },
    join(subscription) {
      const members = topics.get(subscription.topic) ?? new Set()
      topics.set(subscription.topic, members.add(subscription))
    },
    leave(subscription) {
      waiting.delete(subscription)
      const members = topics.get(subscription.topic)
      members?.delete(subscription)
      if (members?.size === 0) topics.delete(subscription.topic)
    },
    deliver(events) {
      const hurried = new Set<Subscription>()
      for (const event of events) {
        for (const topic of event.topics) {
          for (const subscription of topics.get(topic) ?? []) {
            subscription.push(eventOn(topic, event))
            ;(topic.startsWith('operation:') ? hurried : waiting).add(subscription)
          }
        }
      }
      const last = events.at(-1)
      if (!last) return
      seq = last.seq
      metrics.lag((Date.now() - Date.parse(last.at)) / 1000)
      for (const subscription of hurried) subscription.flush()
      if (waiting.size) timer ??= setTimeout(flushWaiting, coalesceMs)
    },
    stop: () => clearTimeout(timer),
  }
}

export function eventOn(topic: Topic, { topics: _, ...event }: LoggedEvent): LiveEvent {
  return { ...event, topic }
}
