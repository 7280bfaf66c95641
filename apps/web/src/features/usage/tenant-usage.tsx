import { type MetricName, type MetricOf, metrics, type UsageRange, usageRanges } from '@tenantry/contracts'
import { useMemo, useState } from 'react'
import { type ChartSeries, TimeChart } from '../../chart/time-chart.tsx'
import { EmptyNothing } from '../../ui/empty.tsx'
import { type Fact, FactGrid } from '../../ui/facts.tsx'
import { formatCount } from '../../ui/number-format.ts'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SectionHeader } from '../../ui/section-header.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { TimeStamp } from '../../ui/time.tsx'
import { formatDuration } from '../../ui/time-format.ts'
import type { Tenant } from '../tenants/use-tenant.ts'
import { ForecastChart } from './forecast-chart.tsx'
import { bytesText, metricText } from './usage-words.ts'
import {
  type TenantUsageNow,
  useFollowUsage,
  useForecast,
  useTenantUsage,
  useUsageSeries,
} from './use-usage.ts'

const shown = [
  'tenant_rows_written',
  'tenant_connections',
  'tenant_bytes',
  'tenant_rows',
  'tenant_dead_rows',
  'tenant_cache_hit_ratio',
  'tenant_oldest_transaction_seconds',
  'tenant_statement_seconds',
  'tenant_calls',
  'tenant_temp_bytes',
] as const satisfies readonly MetricOf<'tenant'>[]
const metricOptions = shown.map((value) => ({ value, label: metrics[value].title }))
const ranges = (Object.keys(usageRanges) as UsageRange[]).map((value) => ({
  value,
  label: value.replace(/(\d+)/, '$1 '),
}))

/** What a tenant uses: now, over time, and how it will grow. */
export default function TenantUsage({ tenant }: { tenant: Tenant }) {
  useFollowUsage()
  const query = useTenantUsage(tenant.id)
  const forecast = useForecast({ tenantId: tenant.id })
  return (
    <div className="min-h-0 flex-1 overflow-y-auto max-md:overflow-visible">
      <PanelBoundary title="Its usage">
        <QueryPanel title="Its usage" noun="usage" query={query}>
          {(usage) =>
            usage ? (
              <FactGrid facts={factsOf(usage)} />
            ) : (
              <EmptyNothing title="Not measured yet">
                A worker looks at it within ten seconds of its becoming active.
              </EmptyNothing>
            )
          }
        </QueryPanel>
      </PanelBoundary>
      <div className="grid border-b border-line lg:grid-cols-2">
        <section aria-label="Storage and its growth" className="min-w-0 pb-3">
          <SectionHeader title="Storage and its growth" />
          <div className="px-2">
            <PanelBoundary title="The forecast">
              <QueryPanel title="The forecast" noun="usage" query={forecast}>
                {(data) => <ForecastChart forecast={data} />}
              </QueryPanel>
            </PanelBoundary>
          </div>
        </section>
        <History tenantId={tenant.id} />
      </div>
    </div>
  )
}

function History({ tenantId }: { tenantId: string }) {
  const [metric, setMetric] = useState<(typeof shown)[number]>('tenant_rows_written')
  const [range, setRange] = useState<UsageRange>('24h')
  const query = useUsageSeries({ metric, tenantId, range })
  return (
    <section aria-label="History" className="min-w-0 border-line pb-3 max-lg:border-t lg:border-l">
      <div className="flex flex-wrap items-center gap-2 py-1.5 pr-5 max-md:pl-5">
        <div className="flex min-w-0 flex-1 items-center">
          <SectionHeader title="History" />
        </div>
        <Select size="sm" label="Metric" value={metric} onChange={setMetric} options={metricOptions} />
        <Segments label="Range of the chart" value={range} onChange={setRange} options={ranges} />
      </div>
      <div className="px-2">
        <PanelBoundary title="The history">
          <QueryPanel title="The history" noun="usage" query={query}>
            {(data) => <MetricChart series={data} range={range} />}
          </QueryPanel>
        </PanelBoundary>
      </div>
    </section>
  )
}

function MetricChart(props: {
  series: { metric: MetricName; at: string[]; value: (number | null)[] }
  range: UsageRange
}) {
  const { metric, at, value } = props.series
  const points = useMemo(
    () => at.map((moment, i) => ({ at: Date.parse(moment), value: value[i] ?? null })),
    [at, value],
  )
  const series = useMemo<ChartSeries[]>(
    () => [{ key: 'value', name: metrics[metric].title, color: 'var(--chart-1)', shape: 'area' }],
    [metric],
  )
  if (value.every((one) => one === null)) {
    return (
      <p className="grid h-[190px] place-items-center px-4 text-center text-12 text-ink-3">
        {reasonOf(metric)}
      </p>
    )
  }
  return (
    <TimeChart
      label={`${metrics[metric].title}, last ${props.range}`}
      points={points}
      series={series}
      format={(amount) => metricText(metric, amount)}
    />
  )
}

const byStatements: readonly MetricName[] = [
  'tenant_statement_seconds',
  'tenant_calls',
  'tenant_temp_bytes',
  'tenant_transactions',
]

const reasonOf = (metric: MetricName) =>
  byStatements.includes(metric)
    ? 'Not to be had from its cluster: it takes the extension pg_stat_statements.'
    : 'Nothing was measured in this range.'

function factsOf(usage: TenantUsageNow): Fact[] {
  const { bytes, tableBytes, indexBytes, toastBytes, cacheHitRatio } = usage
  const count = (value: number | null) => (value === null ? '–' : formatCount(value))
  return [
    {
      name: 'Storage',
      value: bytes === null ? '–' : bytesText(bytes),
      note: usage.sizedAt ? (
        <>
          sized <TimeStamp at={usage.sizedAt} form="relative" />
        </>
      ) : (
        'waits for a lock'
      ),
    },
    {
      name: 'Tables',
      value: tableBytes === null ? '–' : bytesText(tableBytes),
      note: `indexes ${indexBytes === null ? '–' : bytesText(indexBytes)}`,
    },
    { name: 'Rows', value: count(usage.rows), note: `estimated; ${count(usage.deadRows)} dead` },
    {
      name: 'Relations',
      value: count(usage.relations),
      note: `TOAST ${toastBytes === null ? '–' : bytesText(toastBytes)}`,
    },
    {
      name: 'Connections',
      value: count(usage.connections),
      note: usage.oldestTransactionSeconds
        ? `oldest transaction ${formatDuration(usage.oldestTransactionSeconds * 1000)}`
        : 'no transaction open',
    },
    {
      name: 'Cache hits',
      value: cacheHitRatio === null ? '–' : `${(cacheHitRatio * 100).toFixed(1)} %`,
      note: 'of the blocks last read',
    },
    usage.absentSince
      ? { name: 'Its schema', value: 'Gone', note: <TimeStamp at={usage.absentSince} form="relative" /> }
      : {
          name: 'Looked at',
          value: <TimeStamp at={usage.seenAt} form="relative" />,
          note: `${count(usage.rowsWritten)} rows written in all`,
        },
  ]
}
