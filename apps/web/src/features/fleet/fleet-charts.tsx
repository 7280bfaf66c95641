import type { OperationKind } from '@tenantry/contracts'
import { type ReactNode, useMemo, useState } from 'react'
import { type ChartSeries, TimeChart } from '../../chart/time-chart.tsx'
import { chartRanges } from '../../routes/overview.ts'
import { formatCount } from '../../ui/number-format.ts'
import { PanelBoundary } from '../../ui/panel-boundary.tsx'
import { QueryPanel } from '../../ui/query-panel.tsx'
import { SectionHeader } from '../../ui/section-header.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { formatDuration } from '../../ui/time-format.ts'
import { kindVerb } from '../operations/operation-words.ts'
import { ChartsSkeleton } from './charts-skeleton.tsx'
import type { Fleet } from './fleet-changes.ts'
import { durationPoints, endedIn, outcomePoints, queuePoints } from './series-points.ts'
import { type FleetSeries, type SeriesRange, useFleetSeries } from './use-fleet-series.ts'

const queueSeries: readonly ChartSeries[] = [
  { key: 'queued', name: 'Queued', color: 'var(--chart-1)', shape: 'area', endLabel: 'queued' },
  { key: 'running', name: 'Running', color: 'var(--chart-3)', shape: 'line', endLabel: 'running' },
  {
    key: 'waiting',
    name: 'Waiting to retry',
    color: 'var(--chart-2)',
    shape: 'line',
    dash: '5 2',
    endLabel: 'retrying',
  },
]
const outcomeSeries: readonly ChartSeries[] = [
  { key: 'succeeded', name: 'Done', color: 'var(--chart-1)', shape: 'stack' },
  { key: 'failed', name: 'Failed', color: 'var(--failed)', shape: 'stack' },
  { key: 'cancelled', name: 'Cancelled', color: 'var(--ink-3)', shape: 'stack' },
]
const durationSeries: readonly ChartSeries[] = [
  { key: 'p50', name: 'p50', color: 'var(--chart-3)', shape: 'line', endLabel: 'p50' },
  { key: 'p95', name: 'p95', color: 'var(--chart-1)', shape: 'line', endLabel: 'p95' },
  { key: 'p99', name: 'p99', color: 'var(--chart-2)', shape: 'line', dash: '5 2', endLabel: 'p99' },
]

/** Short and even: 0.4, 2, 1,600. */
const rate = (value: number) =>
  value >= 10 ? formatCount(Math.round(value)) : String(Number(value.toPrecision(2)))
const seconds = (value: number) =>
  value < 1 ? `${Math.round(value * 1000)} ms` : `${Number(value.toPrecision(2))} s`

function Panel(props: {
  title: string
  value?: ReactNode
  meta?: ReactNode
  end?: ReactNode
  children: ReactNode
}) {
  return (
    <section
      aria-label={props.title}
      className="min-w-0 border-line max-lg:border-t lg:border-l lg:first:border-l-0"
    >
      <SectionHeader
        title={
          <>
            {props.title}
            {props.value !== undefined && <span className="num ml-2 font-semibold">{props.value}</span>}
          </>
        }
        meta={props.meta}
      >
        {props.end}
      </SectionHeader>
      <div className="px-2 pb-3.5">
        <PanelBoundary title={props.title}>{props.children}</PanelBoundary>
      </div>
    </section>
  )
}

/** The colour of a series beside its name. */
function Swatch(props: { color: string }) {
  return (
    <span
      aria-hidden="true"
      className="ml-1 inline-block size-2 rounded-[2px] align-[-0.5px] first:ml-0"
      style={{ background: props.color }}
    />
  )
}

interface FleetChartsProps {
  queue: Fleet['queue']
  range: SeriesRange
  onRange: (range: SeriesRange) => void
}

function Charts(props: FleetChartsProps & { series: FleetSeries }) {
  const { series, range, queue: now } = props
  const [chosen, choose] = useState<OperationKind>('tenant.provision')
  const kinds = series.durations.map(({ kind }) => kind)
  const kind = kinds.includes(chosen) ? chosen : (kinds[0] ?? chosen)
  const queue = useMemo(() => queuePoints(series), [series])
  const outcomes = useMemo(() => outcomePoints(series), [series])
  const durations = useMemo(() => durationPoints(series, kind), [series, kind])
  const ended = useMemo(() => endedIn(series, Date.now()), [series])
  return (
    <>
      <Panel
        title="Queue depth"
        value={formatCount(now.queued + now.waiting)}
        meta={
          now.oldestQueued >= 1 ? `oldest ${formatDuration(Math.round(now.oldestQueued) * 1000)}` : undefined
        }
        end={
          <Segments
            label="Range of the charts"
            value={range}
            onChange={props.onRange}
            options={chartRanges.map((value) => ({
              value,
              label: value.replace(/(\d+)/, '$1 ').replace('15 m', '15 min'),
            }))}
          />
        }
      >
        <TimeChart label={`Queue depth, last ${range}`} points={queue} series={queueSeries} format={rate} />
      </Panel>
      <Panel
        title="Operations/s"
        value={rate(ended.perSecond)}
        meta={
          <>
            <Swatch color="var(--chart-1)" /> {formatCount(ended.succeeded)} done{' '}
            <Swatch color="var(--failed)" /> {formatCount(ended.failed)} failed
          </>
        }
      >
        <TimeChart
          label={`Operations per second by outcome, last ${range}`}
          points={outcomes}
          series={outcomeSeries}
          format={rate}
        />
      </Panel>
      <Panel
        title="Duration"
        meta="log scale"
        end={
          kinds.length > 1 ? (
            <Select
              size="sm"
              label="Kind of operation"
              value={kind}
              onChange={choose}
              options={kinds.map((value) => ({ value, label: kindVerb[value] }))}
            />
          ) : (
            <span className="text-12 text-ink-3">{kindVerb[kind]}</span>
          )
        }
      >
        {kinds.length === 0 ? (
          <p className="grid h-[190px] place-items-center text-12 text-ink-3">
            No operation ended in this range.
          </p>
        ) : (
          <TimeChart
            label={`Duration of ${kindVerb[kind]}, p50, p95 and p99, last ${range}`}
            points={durations}
            series={durationSeries}
            format={seconds}
            scale="log"
          />
        )}
      </Panel>
    </>
  )
}

/** Queue depth, operations per second by outcome, duration by kind: three charts on one range. */
export function FleetCharts(props: FleetChartsProps) {
  const query = useFleetSeries(props.range)
  return (
    <QueryPanel title="The charts" query={query} skeleton={<ChartsSkeleton />}>
      {(series) => <Charts {...props} series={series} />}
    </QueryPanel>
  )
}
