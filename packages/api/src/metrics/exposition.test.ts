import {
  createNotificationMetrics,
  createOperationMetrics,
  createStatementMetrics,
  type NotificationMetrics,
  type OperationMetrics,
} from '@tenantry/core'
import { newId } from '@tenantry/db'
import parsePrometheusText from 'parse-prometheus-text-format'
import type { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApi, type TestApi } from '../testing/create-test-api.ts'
import { hasPromtool, runPromtool } from '../testing/promtool.ts'
import { tenantRegistry } from './tenant-metrics.ts'

let api: TestApi
let operations: OperationMetrics
let notifications: NotificationMetrics
const tenants: string[] = []

beforeAll(async () => {
  api = await createTestApi({ metricsTenants: 2 })
  operations = createOperationMetrics(api.registry)
  notifications = createNotificationMetrics(api.registry)
  const observe = createStatementMetrics(api.registry)
  operations.began('tenant.provision', 0.2)
  operations.stepped('tenant.provision', 'schema', 0.02)
  operations.locked('eu-1', 0.004)
  operations.ended('tenant.provision', 'failed', 7)
  notifications.notified('email', 'delivered', 0.3)
  notifications.notified('slack', 'failed')
  observe('control', 'select', 0.002, undefined)
  observe('eu-1', 'begin', 0.5, '57P01')
  for (const slug of ['small', 'large', 'middle']) {
    const reply = await api.tell(
      'tenants.provision',
      { idempotencyKey: newId('op'), slug, displayName: `"${slug}"\n\\`, templateId: api.templateId },
      { as: 'operator' },
    )
    tenants.push(reply.body.result.data.tenantId)
  }
  await api.control.pool.query(`
    alter table control.tenant disable trigger tenant_moves_lawfully;
    update control.tenant set state = 'active', fingerprint = 'f';
    alter table control.tenant enable trigger tenant_moves_lawfully;
    select control.keep_sample_partitions(now() - interval '1 day');
    insert into control.usage (tenant_id, bytes, rows_written, relations)
      values ('${tenants[0]}', 10, 1, 4), ('${tenants[1]}', 3000, 30, 5), ('${tenants[2]}', 200, null, 6);
    insert into control.quota_state (tenant_id, resource, level, used, "limit", enforced_at)
      values ('${tenants[1]}', 'storage_bytes', 'blocked', 3000, 2000, now()),
             ('${tenants[2]}', 'storage_bytes', 'warned', 1700, 2000, null);
    insert into control.metric_sample (metric, cluster_id, at, value)
      values ('cluster_connections', '${api.clusterId}', now() - interval '1 minute', 11),
             ('cluster_connections', '${api.clusterId}', now(), 12),
             ('cluster_wraparound_ratio', '${api.clusterId}', now() - interval '1 hour', 0.4),
             ('fleet_audit_chain_ok', null, to_timestamp(extract(epoch from now())::bigint), 1);
    insert into control.incident (id, group_key, severity, title) values ('in_1', 'g', 'critical', 'down');
    insert into control.alert (id, incident_id, fingerprint, state, pending_at)
      values ('al_1', 'in_1', 'f1', 'firing', now()), ('al_2', 'in_1', 'f2', 'firing', now())`)
})
afterAll(() => api.close())

const scrape = async (path = '/metrics') => {
  const response = await fetch(`${api.address}${path}`)
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

interface Family {
  name: string
  type: string
  metrics: { labels?: Record<string, string>; value?: string }[]
}
const parsed = (text: string) => parsePrometheusText(text) as Family[]
/** The values of a metric by its labels. */
const series = (families: Family[], name: string) =>
  (families.find((family) => family.name === name)?.metrics ?? []).map(({ labels, value }) => ({
    ...labels,
    value: Number(value),
  }))

describe('what Prometheus scrapes', () => {
  it('is parsed whole, and every family says its type and what it is', async () => {
    const { text, type } = await scrape()
    expect(type).toMatch(/^text\/plain; version=0\.0\.4/)
    const families = parsed(text)
    expect(families.length).toBeGreaterThan(60)
    for (const { name } of families) {
      expect(text, name).toContain(`# HELP ${name} `)
      expect(text, name).toContain(`# TYPE ${name} `)
    }
  })

  it('names series by the base units and without tenants', async () => {
    const { text } = await scrape()
    for (const { name, type } of parsed(text).filter((family) => family.name.startsWith('tenantry_'))) {
      expect(name).not.toMatch(/_(ms|milliseconds|minutes|kb|mb|percent)\b/)
      if (type === 'COUNTER') expect(name).toMatch(/_total$/)
      else expect(name).not.toMatch(/_total$/)
    }
    for (const id of tenants) expect(text).not.toContain(id)
  })

  it('tells of quotas, alerts, clusters and the audit log', async () => {
    const families = parsed((await scrape()).text)
    expect(series(families, 'tenantry_tenants_over_quota')).toEqual(
      expect.arrayContaining([
        { quota: 'storage_bytes', level: 'blocked', value: 1 },
        { quota: 'storage_bytes', level: 'warned', value: 1 },
        { quota: 'relations', level: 'blocked', value: 0 },
      ]),
    )
    expect(series(families, 'tenantry_alerts_firing')).toEqual([
      { severity: 'critical', value: 2 },
      { severity: 'warning', value: 0 },
      { severity: 'info', value: 0 },
    ])
    expect(series(families, 'tenantry_cluster_schemas')).toEqual([{ cluster: 'eu-1', value: 3 }])
    expect(series(families, 'tenantry_cluster_connections')).toEqual([{ cluster: 'eu-1', value: 12 }])
    // Measured too long ago to be told as now.
    expect(series(families, 'tenantry_cluster_wraparound_ratio')).toEqual([])
    const [{ value: entries = 0 } = {}] = series(families, 'tenantry_audit_entries_total')
    const { rows } = await api.control.pool.query('select count(*)::int as count from control.audit')
    expect(entries).toBe(rows[0].count)
    expect(series(families, 'tenantry_audit_chain_ok')).toEqual([{ value: 1 }])
  })

  it('counts the audit log anew at each scrape, and not on top of the last', async () => {
    const count = async () => series(parsed((await scrape()).text), 'tenantry_audit_entries_total')
    expect(await count()).toEqual(await count())
  })

  it.skipIf(!hasPromtool)('is what promtool expects', async () => {
    // Names that are not ours, from the runtime and from pools, are as their libraries have them.
    const faults = runPromtool(['check', 'metrics'], (await scrape()).text).split('\n')
    expect(faults.filter((line) => line.startsWith('tenantry_') || /error/i.test(line))).toEqual([])
  })
})

describe('/metrics/tenants', () => {
  it('tells of the largest tenants, as many as the setting lets it', async () => {
    const { status, text } = await scrape('/metrics/tenants')
    expect(status).toBe(200)
    const families = parsed(text)
    const ofSize = series(families, 'tenantry_tenant_bytes')
    expect(ofSize).toEqual([
      { tenant: tenants[1], slug: 'large', cluster: 'eu-1', value: 3000 },
      { tenant: tenants[2], slug: 'middle', cluster: 'eu-1', value: 200 },
    ])
    // What was not measured has no series, instead of a 0 that nobody has seen.
    expect(series(families, 'tenantry_tenant_rows_written_total')).toEqual([
      { tenant: tenants[1], slug: 'large', cluster: 'eu-1', value: 30 },
    ])
  })

  it('tells of fewer when it is asked for fewer, and refuses more', async () => {
    const { text } = await scrape('/metrics/tenants?top=1')
    expect(series(parsed(text), 'tenantry_tenant_bytes')).toHaveLength(1)
    for (const top of ['3', '0', 'all', '1.5']) {
      const { status, text: refusal } = await scrape(`/metrics/tenants?top=${top}`)
      expect([status, refusal]).toEqual([400, expect.stringContaining('TENANTRY_METRICS_TENANTS')])
    }
  })

  it('does not exist unless somebody has asked for it, and wants the same token', async () => {
    const closed = await createTestApi()
    expect((await fetch(`${closed.address}/metrics/tenants`)).status).toBe(404)
    await closed.close()
    const guarded = await createTestApi({ metricsTenants: 5, metricsToken: 'a-long-secret-token' })
    expect((await fetch(`${guarded.address}/metrics/tenants`)).status).toBe(401)
    const headers = { authorization: 'Bearer a-long-secret-token' }
    expect((await fetch(`${guarded.address}/metrics/tenants`, { headers })).status).toBe(200)
    await guarded.close()
  })
})

/** A table of Markdown whose columns stand under each other, as the formatter has them. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? []
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}

interface Described {
  readonly name: string
  readonly help: string
  readonly type: unknown
  readonly labelNames: readonly string[]
}

function described(metrics: readonly Described[]): string {
  const rows = metrics
    .filter(({ name }) => !/^(nodejs|process)_/.test(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, help, type, labelNames }) => [
      `\`${name}\``,
      String(type),
      labelNames.map((label) => `\`${label}\``).join(', '),
      help,
    ])
  return table([['metric', 'type', 'labels', 'what'], ...rows])
}
const all = (registry: Registry) => described(registry.getMetricsAsArray() as unknown as Described[])

it('is listed in docs/metrics.md, with type, labels and meaning (vitest -u writes it)', async () => {
  const text = `# Metrics

Written by \`packages/api/src/metrics/exposition.test.ts\`; how to scrape them is in [observability.md](observability.md).

## /metrics

Besides these, every process tells of itself as \`process_*\` and \`nodejs_*\`. A worker has no gauges of the fleet: they
are read from the control database by whoever serves the API.

${all(api.registry)}

## /metrics/tenants

The largest tenants by storage, only where \`TENANTRY_METRICS_TENANTS\` is more than 0.

${all(await tenantRegistry(api.core.db, 1))}
`
  await expect(text).toMatchFileSnapshot('../../../../docs/metrics.md')
})
