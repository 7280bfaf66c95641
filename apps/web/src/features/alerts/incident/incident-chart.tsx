import { describeSeconds } from '@tenantry/contracts'
import { useMemo } from 'react'
import { type ChartPoint, type ChartSeries, TimeChart } from '../../../chart/time-chart.tsx'
import { QueryPanel } from '../../../ui/query-panel.tsx'
import { SectionHeader } from '../../../ui/section-header.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Mono } from '../../../ui/tag.tsx'
import { axisWord, conditionSentence, drawnWord, metricLabel } from '../alert-words.ts'
import { type IncidentDetail, type IncidentSeries, useIncidentSeries } from '../use-alerts.ts'

type Rule = NonNullable<IncidentDetail['rule']>

/** What the rule looked at, with its limit and the moments at which the incident began and ended. */
export function IncidentChart(props: { incident: IncidentDetail; rule: Rule; at?: string }) {
  const { incident, rule } = props
  const query = useIncidentSeries(incident.id, incident.state !== 'resolved', props.at)
  return (
    <>
      <SectionHeader
        title={
          <>
            {metricLabel(rule.condition.metric)}
            {query.data?.subject.name && (
              <>
                {' of '}
                <Mono className="font-medium">{query.data.subject.name}</Mono>
              </>
            )}
          </>
        }
        meta={meaning(rule)}
      />
      <div className="min-h-[230px] px-2.5 pb-2">
        <QueryPanel title="The chart" query={query} skeleton={<Skeleton className="h-52" />}>
          {(series) => series && <Drawn incident={incident} series={series} />}
        </QueryPanel>
      </div>
    </>
  )
}

function meaning({ condition, forSeconds }: Rule): string {
  const after = forSeconds > 0 ? `, for ${describeSeconds(forSeconds)}` : ''
  return `fires when ${conditionSentence(condition).toLowerCase()}${after}`
}

function Drawn(props: { incident: IncidentDetail; series: IncidentSeries }) {
  const { incident, series } = props
  const { condition } = series
  const points = useMemo<ChartPoint[]>(
    () => series.points.map(({ at, value }) => ({ at: Date.parse(at), value })),
    [series.points],
  )
  const last = points.findLast(({ value }) => value !== null)?.value
  const lines = useMemo<ChartSeries[]>(
    () => [
      {
        key: 'value',
        name: metricLabel(condition.metric),
        color: 'var(--ink)',
        shape: 'line',
        ...(typeof last === 'number' ? { endLabel: drawnWord(condition, last) } : {}),
      },
    ],
    [condition, last],
  )
  if (last === undefined) {
    return (
      <p className="grid h-52 place-items-center text-12 text-ink-3">Nothing was measured in this time.</p>
    )
  }
  const started = Date.parse(incident.startedAt)
  const marks = [
    ...(started >= (points[0]?.at ?? 0) ? [{ at: started, label: 'fired', tone: 'failed' as const }] : []),
    ...(incident.resolvedAt
      ? [{ at: Date.parse(incident.resolvedAt), label: 'resolved', tone: 'ok' as const }]
      : []),
  ].filter(({ at }) => at <= (points.at(-1)?.at ?? 0))
  return (
    <TimeChart
      label={`${metricLabel(condition.metric)}${series.subject.name ? ` of ${series.subject.name}` : ''} against its limit`}
      points={points}
      series={lines}
      height={220}
      format={(value) => axisWord(condition, value)}
      marks={marks}
      {...(condition.kind === 'absence'
        ? {}
        : {
            limit: {
              at: condition.value,
              label: `limit ${drawnWord(condition, condition.value)}`,
              beyond: condition.operator,
            },
          })}
    />
  )
}
