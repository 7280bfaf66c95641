import { memo } from 'react'
import { formatMoment } from '../ui/time-format.ts'
import type { ChartPoint, ChartSeries } from './time-chart.tsx'

interface ChartTableProps {
  label: string
  points: readonly ChartPoint[]
  series: readonly ChartSeries[]
  format: (value: number) => string
  zone: string
}

function Table(props: ChartTableProps) {
  // Every tenth bucket: a reader by ear wants the course, not 120 rows.
  const stride = Math.max(1, Math.floor(props.points.length / 12))
  const rows = props.points.filter((_, i) => i % stride === 0 || i === props.points.length - 1)
  return (
    <table className="sr-only">
      <caption>{props.label}</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          {props.series.map((one) => (
            <th key={one.key} scope="col">
              {one.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((point) => (
          <tr key={point.at}>
            <th scope="row">{formatMoment(new Date(point.at), 'minute', props.zone)}</th>
            {props.series.map((one) => {
              const value = point[one.key]
              return (
                <td key={one.key}>
                  {value === null || value === undefined ? 'unknown' : props.format(value)}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The numbers of a chart, for those who do not see it. */
export const ChartTable = memo(Table)
