import type { ChannelKind } from '@tenantry/contracts'
import { Counter, Histogram, type Registry } from 'prom-client'

/** `retried`: an attempt that failed and is followed by another. */
export type NotificationOutcome = 'delivered' | 'retried' | 'failed' | 'superseded'

export interface NotificationMetrics {
  /** One attempt is over. @param waited seconds since it was decided to tell; left out when nobody was told */
  notified(channel: ChannelKind, outcome: NotificationOutcome, waited?: number): void
}

/** What Prometheus learns of notifications; counted by whoever sends them. Once a registry. */
export function createNotificationMetrics(registry: Registry): NotificationMetrics {
  const registers = [registry]
  const total = new Counter({
    name: 'tenantry_notifications_total',
    help: 'Attempts to tell a channel, by how they ended.',
    labelNames: ['channel', 'outcome'],
    registers,
  })
  const latency = new Histogram({
    name: 'tenantry_notification_latency_seconds',
    help: 'From the decision to tell until the other side had it.',
    labelNames: ['channel', 'outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
    registers,
  })
  return {
    notified(channel, outcome, waited) {
      total.inc({ channel, outcome })
      if (waited !== undefined) latency.observe({ channel, outcome }, Math.max(0, waited))
    },
  }
}
