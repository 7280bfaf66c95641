import { formatMoment } from '../ui/time-format.ts'
import type { ChartPoint, ChartSeries } from './time-chart.tsx'

/** What stands under the pointer; Recharts fills `active` and `payload`. */
export function ChartTip(props: {
  series: readonly ChartSeries[]
  format: (value: number) => string
  zone: string
  /** Over days: the time alone would not say which. */
  isLong?: boolean
  active?: boolean
  payload?: readonly { payload?: ChartPoint }[]
}) {
  const point = props.payload?.[0]?.payload
  if (!props.active || !point) return null
  return (
    <div className="num rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-12 shadow-overlay">
      <div className="text-ink-3">
        {formatMoment(new Date(point.at), props.isLong ? 'date-time' : 'time', props.zone)}
      </div>
      {props.series.map((one) => {
        const value = point[one.key]
        return (
          <div key={one.key} className="flex items-center gap-2">
            <span className="size-2 rounded-[2px]" style={{ background: one.color }} />
            <span className="flex-1">{one.name}</span>
            <span className="font-medium">
              {value === null || value === undefined ? '–' : props.format(value)}
            </span>
          </div>
        )
      })}
    </div>
  )
}
