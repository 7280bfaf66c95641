import type { MetricUnit } from './metric.ts'

/** A measured value as messages say it: `1.2 GB`, `95 %`, `2 d 5 h`, `8,000`. */
export function describeValue(value: number, unit: MetricUnit): string {
  if (unit === 'bytes') return describeBytes(value)
  if (unit === 'ratio') return `${round(value * 100)} %`
  if (unit === 'seconds') return describeSeconds(value)
  return round(value)
}

const round = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 })

function describeBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  const power = Math.min(Math.floor(Math.log10(Math.max(Math.abs(bytes), 1)) / 3), units.length - 1)
  return `${round(bytes / 1000 ** power)} ${units[power]}`
}

/** The two largest units: `45 s`, `3 min 20 s`, `2 d 5 h`. */
export function describeSeconds(seconds: number): string {
  const parts: [number, string][] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ]
  const whole = Math.round(seconds)
  const first = parts.findIndex(([size]) => whole >= size)
  if (first < 0) return `${round(seconds)} s`
  const said: string[] = []
  let left = whole
  for (const [size, name] of parts.slice(first, first + 2)) {
    const count = Math.floor(left / size)
    if (count) said.push(`${count} ${name}`)
    left -= count * size
  }
  return said.join(' ')
}

export interface IncidentFigures {
  readonly rule: string
  /** What alerts are about; all of one kind. */
  readonly scope: 'tenant' | 'cluster' | 'fleet'
  /** How many fire now. */
  readonly firing: number
  /** On how many clusters. */
  readonly clusters: number
  /** The one that is furthest beyond the threshold. */
  readonly worst: { readonly name: string; readonly value: number | null } | null
  readonly unit: MetricUnit
}

/** An incident in one line with the figures of now: `Storage is nearly used up: 8,000 tenants on 3 clusters, worst unibo at 99 %`. */
export function describeIncident({ rule, scope, firing, clusters, worst, unit }: IncidentFigures): string {
  const at = worst && worst.value !== null ? ` at ${describeValue(worst.value, unit)}` : ''
  if (scope === 'fleet') return at ? `${rule}: now${at}` : rule
  if (firing <= 1) return worst ? `${rule}: ${worst.name}${at}` : rule
  const many = `${firing.toLocaleString('en')} ${scope}s`
  const where = scope === 'tenant' && clusters > 1 ? ` on ${clusters} clusters` : ''
  return `${rule}: ${many}${where}${worst ? `, worst ${worst.name}${at}` : ''}`
}
