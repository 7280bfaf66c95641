import { confidence, predict } from '@tenantry/contracts'
import { useMemo } from 'react'
import { type ChartPoint, type ChartSeries, TimeChart } from '../../chart/time-chart.tsx'
import { useTimeZone } from '../../ui/time-zone.ts'
import { bytesText, crossingText, growthText } from './usage-words.ts'
import type { Forecast } from './use-usage.ts'

const series: readonly ChartSeries[] = [
  { key: 'bytes', name: 'Storage', color: 'var(--chart-1)', shape: 'area' },
  { key: 'line', name: 'Forecast', color: 'var(--chart-1)', shape: 'line', dash: '5 3' },
  { key: 'high', name: 'At most', color: 'var(--ink-3)', shape: 'line', dash: '2 3' },
  { key: 'low', name: 'At least', color: 'var(--ink-3)', shape: 'line', dash: '2 3' },
]

/** The points of the chart: what was, then as much again of what the line says, with its error. */
function pointsOf({ history, line, step }: Forecast): ChartPoint[] {
  const known = history.map(({ at, value }) => ({ at, bytes: value, line: null, low: null, high: null }))
  const last = history.at(-1)
  if (!line || !last) return known
  const apart = step === 'day' ? 86_400_000 : 3_600_000
  const ahead = Math.min(30, Math.max(8, Math.ceil(history.length / 2)))
  const coming = Array.from({ length: ahead }, (_, i) => {
    const at = last.at + (i + 1) * apart
    const { value, low, high } = predict(line, at)
    return { at, bytes: null, line: Math.max(0, value), low: Math.max(0, low), high: Math.max(0, high) }
  })
  // The forecast begins where the history ends.
  const { at, value } = last
  return [...known.slice(0, -1), { at, bytes: value, line: value, low: value, high: value }, ...coming]
}

/** How storage grew, how it goes on, and when its limit is reached. */
export function ForecastChart({ forecast }: { forecast: Forecast }) {
  const zone = useTimeZone()
  const points = useMemo(() => pointsOf(forecast), [forecast])
  const { line, limit, crossing, limitedBy, step } = forecast
  const top = Math.max(0, ...points.map(({ bytes, high }) => Math.max(bytes ?? 0, high ?? 0)))
  // A limit far above would press everything else to the ground.
  const isNear = limit !== null && limit < 3 * top
  return (
    <>
      <p className="num px-3 pb-2 text-12 text-ink-3">
        {line ? (
          <>
            <span className="text-ink">{growthText(line.slope)}</span>, by {line.points}{' '}
            {step === 'day' ? 'days' : 'hours'}; {confidence * 100} % of what comes is between the dotted
            lines, if it goes on so.
          </>
        ) : (
          'Too little history for a forecast: it takes eight hours of it.'
        )}
        {limit !== null && (
          <>
            {' '}
            {limitedBy === 'quota' ? 'Its quota' : 'The limit'} of {bytesText(limit)}{' '}
            {crossing ? `is reached ${crossingText(crossing, zone.name)}.` : 'is not in reach.'}
          </>
        )}
      </p>
      <TimeChart
        label="Storage, and how it will grow"
        points={points}
        series={series}
        format={bytesText}
        {...(isNear ? { limit: { at: limit, label: bytesText(limit) } } : {})}
      />
    </>
  )
}
