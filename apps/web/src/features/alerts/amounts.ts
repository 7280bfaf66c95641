import type { MetricUnit } from '@tenantry/contracts'

const scales: Record<MetricUnit, readonly (readonly [unit: string, factor: number])[]> = {
  bytes: [
    ['B', 1],
    ['kB', 1e3],
    ['MB', 1e6],
    ['GB', 1e9],
    ['TB', 1e12],
    ['PB', 1e15],
  ],
  seconds: [
    ['s', 1],
    ['min', 60],
    ['h', 3600],
    ['d', 86_400],
  ],
  ratio: [['%', 0.01]],
  count: [
    ['', 1],
    ['k', 1e3],
    ['M', 1e6],
    ['G', 1e9],
  ],
}

const otherNames: Record<string, string> = {
  sec: 's',
  second: 's',
  seconds: 's',
  m: 'min',
  minute: 'min',
  minutes: 'min',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
  percent: '%',
  b: 'B',
  kb: 'kB',
  mb: 'MB',
  gb: 'GB',
  tb: 'TB',
  pb: 'PB',
}

/**
 * An amount as it is typed into a field, so that reading it gives the same: the largest unit in which it needs no more
 * than three digits after the point.
 */
export function writeAmount(value: number, unit: MetricUnit): string {
  const fitting = scales[unit].findLast(
    ([name, factor]) =>
      (unit !== 'count' || name === '') &&
      Math.abs(value) >= factor &&
      Number((value / factor).toFixed(3)) * factor === value,
  )
  if (unit === 'ratio') return `${Number((value * 100).toPrecision(12))} %`
  if (!fitting) return String(value)
  const [name, factor] = fitting
  return `${value / factor} ${name}`.trim()
}

/**
 * What was typed, in the metric’s own unit: `5 GB` is 5e9, `80 %` and `0.8` are 0.8, `2 min` is 120. A bare number is in
 * the unit itself.
 * @returns undefined when it is no amount of this unit
 */
export function readAmount(typed: string, unit: MetricUnit): number | undefined {
  const [, digits, name = ''] =
    /^([+-]?\d+(?:\.\d+)?(?:e\d+)?)\s*([a-z%]*)$/i.exec(typed.trim().replaceAll(',', '')) ?? []
  if (digits === undefined) return undefined
  const value = Number(digits)
  if (name === '') return value
  if (unit === 'seconds' && name === 'ms') return value / 1000
  const known =
    scales[unit].find(([one]) => one === name) ??
    scales[unit].find(([one]) => one === otherNames[name.toLowerCase()])
  return known ? Number((value * known[1]).toPrecision(12)) : undefined
}

/** An example of what may be typed. */
export const amountExample: Record<MetricUnit, string> = {
  bytes: '5 GB',
  seconds: '2 min',
  ratio: '80 %',
  count: '20',
}

/** `1 h 30 min`, `90 min`, `45` (seconds); whole seconds. */
export function readSeconds(typed: string): number | undefined {
  const parts = typed.trim().match(/\d+(?:\.\d+)?\s*[a-z]*/gi)
  if (!parts || parts.join('').replaceAll(/\s/g, '') !== typed.replaceAll(/\s/g, '')) return undefined
  const amounts = parts.map((part) => readAmount(part, 'seconds'))
  return amounts.every((one) => one !== undefined)
    ? Math.round(amounts.reduce((sum, one) => sum + one, 0))
    : undefined
}
