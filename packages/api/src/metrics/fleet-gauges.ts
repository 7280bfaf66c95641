import {
  findingKindNames,
  metricNames,
  metrics,
  operationKinds,
  type QuotaLevel,
  quotaLevels,
  quotaResources,
  scopeOf,
  severities,
} from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { readGauges } from '@tenantry/db/queries'
import type { Logger } from 'pino'
import { Counter, Gauge, type Registry } from 'prom-client'
import { seriesOf } from './series-of.ts'

/** What is measured of clusters. That it answers is read from the registry, so that it is there at once. */
const measuredNames = metricNames.filter((name) => scopeOf(name) === 'cluster' && name !== 'cluster_up')
/** Where a tenant can stand that somebody should know of. */
const levels = (Object.keys(quotaLevels) as QuotaLevel[]).filter((level) => level !== 'ok')

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

  const schemas = gauge(
    'tenantry_cluster_schemas',
    'Schemas of tenants and spares, by the registry.',
    'cluster',
  )
  const measured = new Map(
    measuredNames.map((name) => {
      const help = `${metrics[name].title}, as last measured there.`
      const shape = {
        name: seriesOf(name),
        help,
        labelNames: ['cluster'] as const,
        collect,
        registers: [registry],
      }
      return [name, metrics[name].kind === 'counter' ? new Counter(shape) : new Gauge(shape)]
    }),
  )
  const overQuota = gauge('tenantry_tenants_over_quota', 'Tenants near or over a limit.', 'quota', 'level')
  const alerts = gauge('tenantry_alerts_firing', 'Alerts that fire now, silenced or not.', 'severity')
  const audited = new Counter({
    name: 'tenantry_audit_entries_total',
    help: 'Rows of the audit log.',
    collect,
    registers: [registry],
  })
  const chainOk = gauge('tenantry_audit_chain_ok', 'Whether every chain was whole when last verified.')
  const chainAt = gauge(
    'tenantry_audit_chain_verified_timestamp_seconds',
    'When the chains of the audit log were last verified.',
  )
  const all = [tenants, queued, running, oldest, up, findings, took, compared, workers, dead]
  const more = [schemas, ...measured.values(), overQuota, alerts, audited, chainOk, chainAt]

  async function fill(): Promise<void> {
    // Gone before anything is read: a scrape without the database must not tell of what was.
    for (const each of [...all, ...more]) each.reset()
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
      for (const { cluster, count } of gauges.schemas) schemas.set({ cluster }, count)
      for (const { metric, cluster, value } of gauges.measured) measured.get(metric)?.inc({ cluster }, value)
      for (const resource of Object.keys(quotaResources)) {
        for (const level of levels) {
          const of = gauges.overQuota.find((row) => row.quota === resource && row.level === level)
          overQuota.set({ quota: resource, level }, of?.count ?? 0)
        }
      }
      for (const severity of severities) {
        alerts.set({ severity }, gauges.alerts.find((row) => row.severity === severity)?.count ?? 0)
      }
      audited.inc(gauges.audit.entries)
      if (gauges.audit.ok !== null) chainOk.set(gauges.audit.ok)
      if (gauges.audit.verifiedAt !== null) chainAt.set(gauges.audit.verifiedAt)
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
