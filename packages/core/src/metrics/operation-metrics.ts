import type { OperationKind } from '@tenantry/contracts'
import { Counter, Histogram, type Registry } from 'prom-client'

export type OperationOutcome = 'succeeded' | 'failed' | 'cancelled'

export interface OperationMetrics {
  /** A worker has taken it up for the first time. @param waited seconds since it was due */
  began(kind: OperationKind, waited: number): void
  /** It is at its end. @param took seconds since it began; left out when it never did */
  ended(kind: OperationKind, outcome: OperationOutcome, took?: number): void
  /** One step is done. @param took seconds */
  stepped(kind: OperationKind, step: string, took: number): void
  /** A step has had its tenant's lane. @param waited seconds */
  locked(cluster: string, waited: number): void
}

/** What Prometheus learns of operations; counted by whoever ends them. Once a registry. */
export function createOperationMetrics(registry: Registry): OperationMetrics {
  const registers = [registry]
  const total = new Counter({
    name: 'tenantry_operations_total',
    help: 'Operations that have ended.',
    labelNames: ['kind', 'outcome'],
    registers,
  })
  const duration = new Histogram({
    name: 'tenantry_operation_duration_seconds',
    help: 'From the first attempt to the end.',
    labelNames: ['kind', 'outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600],
    registers,
  })
  const wait = new Histogram({
    name: 'tenantry_operation_queue_wait_seconds',
    help: 'From the request to the first attempt.',
    labelNames: ['kind'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600],
    registers,
  })
  const step = new Histogram({
    name: 'tenantry_step_duration_seconds',
    help: 'One step of an operation.',
    labelNames: ['kind', 'step'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  })
  const lock = new Histogram({
    name: 'tenantry_lock_wait_seconds',
    help: 'How long a step waited for its tenant’s lane, as the cluster’s server says.',
    labelNames: ['cluster'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  return {
    began: (kind, waited) => wait.observe({ kind }, Math.max(0, waited)),
    ended(kind, outcome, took) {
      total.inc({ kind, outcome })
      if (took !== undefined) duration.observe({ kind, outcome }, Math.max(0, took))
    },
    stepped: (kind, name, took) => step.observe({ kind, step: name }, took),
    locked: (cluster, waited) => lock.observe({ cluster }, waited),
  }
}
