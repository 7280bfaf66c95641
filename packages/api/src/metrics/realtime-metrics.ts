import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export type ResyncReason = 'slow' | 'overflow'

export interface RealtimeMetrics {
  connections(count: number): void
  /** @param topic the first word of it: ids would make a series each */
  delivered(topic: string, events: number): void
  coalesced(): void
  resynced(reason: ResyncReason): void
  /** Seconds from the change to its reading here. */
  lag(seconds: number): void
  /** Seconds from sending a batch to its receipt. */
  acknowledged(seconds: number): void
}

export function createRealtimeMetrics(registry: Registry): RealtimeMetrics {
  const registers = [registry]
  const connections = new Gauge({
    name: 'tenantry_realtime_connections',
    help: 'Open sockets.',
    registers,
  })
  const events = new Counter({
    name: 'tenantry_realtime_events_total',
    help: 'Events sent to sockets.',
    labelNames: ['topic'],
    registers,
  })
  const coalesced = new Counter({
    name: 'tenantry_realtime_coalesced_total',
    help: 'Events that a newer one of the same entity replaced before they were sent.',
    registers,
  })
  const resyncs = new Counter({
    name: 'tenantry_realtime_resyncs_total',
    help: 'Times that a socket was told to ask again.',
    labelNames: ['reason'],
    registers,
  })
  const lag = new Gauge({
    name: 'tenantry_realtime_relay_lag_seconds',
    help: 'From a change to its reading here, at the last one.',
    registers,
  })
  const delivery = new Histogram({
    name: 'tenantry_realtime_delivery_seconds',
    help: 'From sending a batch to its receipt.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  })
  connections.set(0)
  return {
    connections: (count) => connections.set(count),
    delivered: (topic, count) => events.inc({ topic: topic.split(':')[0] ?? topic }, count),
    coalesced: () => coalesced.inc(),
    resynced: (reason) => resyncs.inc({ reason }),
    lag: (seconds) => lag.set(Math.max(0, seconds)),
    acknowledged: (seconds) => delivery.observe(seconds),
  }
}
