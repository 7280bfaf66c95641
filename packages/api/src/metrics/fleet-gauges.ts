import { findingKindNames, operationKinds } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { readGauges } from '@tenantry/db/queries'
import type { Logger } from 'pino'
import { Gauge, type Registry } from 'prom-client'

/** Gauges of the fleet, read from the control database at each scrape; without values while it does not answer. */
export function registerFleetGauges(registry: Registry, { db, log }: { db: Database; log: Logger }): void {
  let reading: Promise<void> | undefined
  /** One read fills all: a scrape asks every gauge at the same moment. */
  const collect = () => {
    reading ??= fill().finally(() => {
      reading = undefined
    })
    return reading
  }
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, collect, registers: [registry] })
  const tenants = gauge('tenantry_tenants', 'Tenants, without discarded ones.', 'cluster', 'state')
  const queued = gauge('tenantry_operations_queued', 'Operations that wait for a worker.', 'kind')
  const running = gauge('tenantry_operations_running', 'Operations in the hands of a worker.', 'kind')
  const oldest = gauge(
    'tenantry_operation_oldest_queued_seconds',
    'How long the oldest queued operation has been waiting.',
    'kind',
  )
  const up = gauge('tenantry_cluster_up', 'Whether the cluster answered when it was last asked.', 'cluster')
  const findings = gauge(
    'tenantry_findings',
    'Differences between the registry and the clusters.',
    'kind',
    'state',
  )
  const took = gauge(
    'tenantry_reconcile_duration_seconds',
    'How long the last whole comparison of the cluster took.',
    'cluster',
  )
  const compared = gauge(
    'tenantry_reconcile_last_success_timestamp_seconds',
    'When the cluster was last compared whole.',
    'cluster',
  )

  const workers = gauge('tenantry_workers', 'Worker processes that have been heard of lately.')
  const dead = gauge('tenantry_dead_letters', 'Failed operations that nobody has retried or put aside.')

  async function fill(): Promise<void> {
    for (const each of [tenants, queued, running, oldest, up, findings, took, compared, workers, dead]) {
      each.reset()
    }
    try {
      const gauges = await readGauges(db)
      for (const { cluster, state, count } of gauges.tenants) tenants.set({ cluster, state }, count)
      for (const { cluster, reachable } of gauges.clusters) up.set({ cluster }, reachable ? 1 : 0)
      for (const kind of findingKindNames) {
        for (const state of ['open', 'ignored'] as const) {
          const of = gauges.findings.find((row) => row.kind === kind && row.state === state)
          findings.set({ kind, state }, of?.count ?? 0)
        }
      }
      for (const row of gauges.comparisons) {
        took.set({ cluster: row.cluster }, row.took)
        compared.set({ cluster: row.cluster }, row.comparedAt)
      }
      workers.set(gauges.workers)
      dead.set(gauges.deadLetters)
      for (const kind of operationKinds) {
        const of = gauges.operations.find((row) => row.kind === kind)
        queued.set({ kind }, of?.queued ?? 0)
        running.set({ kind }, of?.running ?? 0)
        oldest.set({ kind }, of?.oldestQueued ?? 0)
      }
    } catch {
      log.warn('metrics without the fleet: the control database does not answer')
    }
  }
}
