import { useMemo } from 'react'
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { formatMoment } from '../ui/time-format.ts'
import { useTimeZone } from '../ui/time-zone.ts'
import { ChartTable } from './chart-table.tsx'
import { ChartTip } from './chart-tip.tsx'
import { EndLabel } from './end-label.tsx'
import { shareOf, spreadLabels } from './spread-labels.ts'
import { countTicks, logTicks, timeTicks } from './ticks.ts'
import { useWidth } from './use-width.ts'

/** One bucket: its start in ms, and a value per series; null where nothing is known, which is drawn as a gap. */
export interface ChartPoint {
  readonly at: number
  readonly [series: string]: number | null
}

export interface ChartSeries {
  readonly key: string
  readonly name: string
  /** A token: `var(--chart-1)`, or a status colour for a status. */
  readonly color: string
  readonly shape: 'line' | 'area' | 'stack'
  readonly dash?: string
  /** Written at the end of the line. */
  readonly endLabel?: string
}

export interface ChartProps {
  /** What is plotted, with unit and range: the accessible name. */
  label: string
  /** At most 120, in order of time. Keep the reference while nothing changed. */
  points: readonly ChartPoint[]
  /** At most four. */
  series: readonly ChartSeries[]
  format: (value: number) => string
  height?: number
  scale?: 'linear' | 'log'
  /** `beyond`: the side on which it is bad, which is tinted. */
  limit?: { at: number; label: string; beyond?: 'above' | 'below' }
  /** Moments, ms: when something began or ended. */
  marks?: readonly { at: number; label: string; tone?: 'failed' | 'ok' }[]
}

/** Where Recharts puts the label of one point. */
interface LabelSpot {
  index?: number | undefined
  x?: number | string | undefined
  y?: number | string | undefined
}

interface DotSpot {
  index?: number | undefined
  cx?: number | undefined
  cy?: number | undefined
}

const isKnown = (value: number | null | undefined) => value !== null && value !== undefined

/** A value between two gaps makes no line; it is drawn as a dot, or it would not be seen at all. */
function isAlone(points: readonly ChartPoint[], key: string, index = -1): boolean {
  return (
    isKnown(points[index]?.[key]) && !isKnown(points[index - 1]?.[key]) && !isKnown(points[index + 1]?.[key])
  )
}

/** Beyond so long the axis says days, ms. */
const days = 36 * 3_600_000

const tick = { fontSize: 12, fill: 'var(--ink-3)' }

/**
 * A chart over time by the house rules: no animation, fixed pixels, gaps stay gaps, y from 0 for counts, names at the end of
 * their lines, and the same numbers in a table for those who do not see it.
 */
export function TimeChart(props: ChartProps) {
  const { points, series, format, height = 190, scale = 'linear', limit, marks = [] } = props
  const { ref, width } = useWidth()
  const zone = useTimeZone()
  const isStacked = series.some(({ shape }) => shape === 'stack')
  const values = useMemo(() => {
    const known = points.map((point) =>
      series.map(({ key }) => point[key]).filter((v) => v !== null && v !== undefined),
    )
    const tops = known.map((row) => (isStacked ? row.reduce((sum, v) => sum + v, 0) : Math.max(0, ...row)))
    const positive = known.flat().filter((v) => v > 0)
    return { max: Math.max(0, limit?.at ?? 0, ...tops), min: Math.min(...positive, Number.MAX_VALUE) }
  }, [points, series, isStacked, limit])
  const isLog = scale === 'log' && values.max > 0
  const yTicks = isLog ? logTicks(values.min, values.max) : countTicks(values.max)
  const from = points[0]?.at ?? 0
  const to = points.at(-1)?.at ?? 1
  const margin = useMemo(
    () => ({
      top: 8,
      right: Math.max(12, ...series.map(({ endLabel }) => (endLabel ? endLabel.length * 6.5 + 24 : 0))),
      bottom: 0,
      left: 0,
    }),
    [series],
  )
  const lastKnown = (key: string) => points.findLastIndex((point) => isKnown(point[key]))
  const [bottom, top] = [yTicks[0] ?? 0, yTicks.at(-1) ?? 1]
  const place = (value: number) => margin.top + (1 - shareOf(value, bottom, top, isLog)) * (height - 30)
  const endLabels = spreadLabels(
    series
      .filter(({ endLabel }) => endLabel)
      .map(({ key }) => ({ key, y: place(points[lastKnown(key)]?.[key] ?? bottom) })),
  )

  return (
    <figure ref={ref} className="min-w-0" style={{ height }}>
      {width > 0 && (
        <ComposedChart
          width={width}
          height={height}
          data={points as ChartPoint[]}
          margin={margin}
          title={props.label}
          accessibilityLayer
        >
          <CartesianGrid vertical={false} stroke="var(--grid-line)" />
          <XAxis
            dataKey="at"
            type="number"
            domain={[from, to]}
            ticks={timeTicks(from, to, Math.max(2, Math.floor(width / 90)))}
            tickFormatter={(at: number) =>
              formatMoment(new Date(at), to - from > days ? 'day' : 'minute', zone.name)
            }
            tick={tick}
            tickLine={false}
            axisLine={false}
            height={22}
            interval={0}
          />
          <YAxis
            width={48}
            scale={isLog ? 'log' : 'linear'}
            domain={[bottom, top]}
            ticks={yTicks}
            tickFormatter={format}
            tick={tick}
            tickLine={false}
            axisLine={false}
            interval={0}
            allowDataOverflow
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--ink-3)', strokeDasharray: '2 3' }}
            content={<ChartTip series={series} format={format} zone={zone.name} isLong={to - from > days} />}
          />
          {limit?.beyond && (
            <ReferenceArea
              y1={limit.beyond === 'above' ? limit.at : bottom}
              y2={limit.beyond === 'above' ? top : limit.at}
              fill="var(--failed)"
              fillOpacity={0.05}
            />
          )}
          {marks.map((mark) => (
            <ReferenceLine
              key={`${mark.label} ${mark.at}`}
              x={mark.at}
              stroke={mark.tone ? `var(--${mark.tone})` : 'var(--ink-3)'}
              {...(mark.tone ? {} : { strokeDasharray: '2 3' })}
              label={{
                value: mark.label,
                position: mark.at > (from + to) / 2 ? 'insideTopRight' : 'insideTopLeft',
                fontSize: 12,
                fill: 'var(--ink-2)',
              }}
            />
          ))}
          {limit && (
            <ReferenceLine
              y={limit.at}
              stroke={limit.beyond ? 'var(--failed)' : 'var(--ink-3)'}
              strokeDasharray="4 3"
              label={{
                value: limit.label,
                position: limit.beyond ? 'insideBottomLeft' : 'insideTopLeft',
                fontSize: 12,
                fill: 'var(--ink-2)',
              }}
            />
          )}
          {series.map((one) => {
            const end = lastKnown(one.key)
            const common = {
              dataKey: one.key,
              name: one.name,
              stroke: one.color,
              strokeWidth: 1.5,
              ...(one.dash ? { strokeDasharray: one.dash } : {}),
              activeDot: { r: 2.5, strokeWidth: 0 },
              isAnimationActive: false,
              connectNulls: false,
              type: 'linear' as const,
            }
            const endLabel = (at: LabelSpot) => (
              <EndLabel
                shown={Boolean(one.endLabel) && at.index === end}
                x={at.x}
                y={at.y}
                textY={endLabels.get(one.key)}
                color={one.color}
              >
                {one.endLabel}
              </EndLabel>
            )
            if (one.shape === 'line')
              return (
                <Line
                  key={one.key}
                  {...common}
                  dot={(spot: DotSpot) =>
                    isAlone(points, one.key, spot.index) ? (
                      <circle key={spot.index} cx={spot.cx} cy={spot.cy} r={1.75} fill={one.color} />
                    ) : (
                      <g key={spot.index} />
                    )
                  }
                  label={endLabel}
                />
              )
            return (
              <Area
                key={one.key}
                {...common}
                dot={false}
                fill={one.color}
                fillOpacity={one.shape === 'stack' ? 0.8 : 0.12}
                {...(one.shape === 'stack' ? { stackId: 'all', strokeWidth: 0 } : { label: endLabel })}
              />
            )
          })}
        </ComposedChart>
      )}
      <ChartTable label={props.label} points={points} series={series} format={format} zone={zone.name} />
    </figure>
  )
}
