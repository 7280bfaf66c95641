import { type Crossing, type MetricName, metrics } from '@tenantry/contracts'
import { formatBytes, formatCount } from '../../ui/number-format.ts'
import { formatDuration, formatMoment } from '../../ui/time-format.ts'

/** 4.2 GB */
export function bytesText(bytes: number): string {
  const { value, unit } = formatBytes(bytes)
  return `${value} ${unit}`
}

/** An amount in the unit of its metric; of a counter a second. */
export function metricText(metric: MetricName, value: number): string {
  const { unit, kind } = metrics[metric]
  return `${amountText(unit, value)}${kind === 'counter' ? '/s' : ''}`
}

function amountText(unit: (typeof metrics)[MetricName]['unit'], value: number): string {
  if (unit === 'bytes') return bytesText(value)
  if (unit === 'ratio') return `${Number((value * 100).toPrecision(3))} %`
  if (unit === 'seconds') return formatDuration(value * 1000)
  return value >= 10 || Number.isInteger(value)
    ? formatCount(Math.round(value))
    : String(Number(value.toPrecision(2)))
}

const day = 86_400_000

/** “14 Dec 2026 ± 3 d”, or between which days where it is later than that by more. */
export function crossingText({ at, earliest, latest }: Crossing, zone: string): string {
  const date = (moment: number) => formatMoment(new Date(moment), 'date', zone)
  if (latest === null) return `about ${date(at)}, or never`
  const days = Math.round((latest - earliest) / 2 / day)
  if (days > 60) return `between ${date(earliest)} and ${date(latest)}`
  return days === 0 ? date(at) : `${date(at)} ± ${days} d`
}

/** How much it grows, as it did: “+4.1 MB a day”. */
export function growthText(slope: number): string {
  const perDay = slope * day
  if (Math.abs(perDay) < 1) return 'does not grow'
  return `${perDay > 0 ? '+' : '−'}${bytesText(Math.abs(perDay))} a day`
}
