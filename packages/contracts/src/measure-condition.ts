import type { AlertCondition } from './alert-rule.ts'
import type { Measured } from './alert-step.ts'
import { type MetricName, metrics, scopeOf } from './metric.ts'

/** One measurement. `at`: milliseconds. */
export interface Sample {
  readonly at: number
  readonly value: number
}

/** What is known of one subject: samples in order, of the metric and, for a ratio, of what it is divided by. */
export interface History {
  readonly metric: readonly Sample[]
  readonly of?: readonly Sample[]
  /** Since when there has been something to measure: an absence counts from there. */
  readonly since: number
}

/** A sample counts for so long: what does not change is written down again within it. Milliseconds. */
export const freshMs = (metric: MetricName) => (scopeOf(metric) === 'tenant' ? 1_200_000 : 600_000)

/**
 * The number that a condition compares, as of `now`, from what was measured until then: of a rate the change a second, of
 * an absence the seconds since the last sample, of a forecast the seconds until it happens.
 */
export function measureCondition(condition: AlertCondition, history: History, now: number): Measured {
  const until = endOf(history.metric, now)
  const last = history.metric[until]
  if (condition.kind === 'absence') return Math.max(now - Math.max(last?.at ?? 0, history.since), 0) / 1000
  if (!last || last.at <= now - freshMs(condition.metric)) return undefined
  switch (condition.kind) {
    case 'threshold':
      return last.value
    case 'rate':
      return rateOf(condition, history.metric, until, now)
    case 'ratio':
      return ratioOf(condition, history, now)
    case 'forecast':
      return secondsUntil(condition, history.metric.slice(0, until + 1), now)
  }
}

/** The index of the newest sample that is not of the future; -1: none. */
function endOf(samples: readonly Sample[], now: number): number {
  let low = 0
  let high = samples.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((samples[middle] as Sample).at <= now) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Where a window begins: the newest sample from before it, or the first in it. */
function beginOf(samples: readonly Sample[], from: number): Sample | undefined {
  return samples[Math.max(endOf(samples, from), 0)]
}

type Windowed<Kind> = Extract<AlertCondition, { kind: Kind }>

/** Over at least half the window: at the beginning of all measuring, a second tells nothing. */
function rateOf(
  { metric, windowSeconds }: Windowed<'rate'>,
  samples: readonly Sample[],
  until: number,
  now: number,
): Measured {
  const last = samples[until] as Sample
  const first = beginOf(samples, now - windowSeconds * 1000)
  const seconds = first ? (last.at - first.at) / 1000 : 0
  if (!first || seconds < windowSeconds / 2) return undefined
  const change = last.value - first.value
  if (change < 0 && metrics[metric].kind === 'counter') return undefined
  return change / seconds
}

function ratioOf(condition: Windowed<'ratio'>, { metric, of = [] }: History, now: number): Measured {
  const part = amountOf(condition.metric, metric, condition.windowSeconds, now)
  const whole = amountOf(condition.of, of, condition.windowSeconds, now)
  if (part === undefined || whole === undefined) return undefined
  return whole < condition.least || whole === 0 ? null : part / whole
}

/** Of a gauge what it is, of a counter what came in the window. */
function amountOf(
  metric: MetricName,
  samples: readonly Sample[],
  windowSeconds: number,
  now: number,
): number | undefined {
  const last = samples[endOf(samples, now)]
  if (!last || last.at <= now - freshMs(metric)) return undefined
  if (metrics[metric].kind === 'gauge') return last.value
  const first = beginOf(samples, now - windowSeconds * 1000) ?? last
  return Math.max(last.value - first.value, 0)
}

/** A line explains at least so much of what was measured, or nothing is foretold (coefficient of determination). */
const leastFit = 0.5

/** By the least-squares line through the window, from the last sample on. 0: already there. Null: it does not go there. */
function secondsUntil(
  { windowSeconds, operator, value }: Windowed<'forecast'>,
  samples: readonly Sample[],
  now: number,
): Measured {
  const from = now - windowSeconds * 1000
  const window = samples.slice(endOf(samples, from) + 1)
  const first = window[0]
  const last = window.at(-1)
  if (!first || !last) return undefined
  if (operator === 'above' ? last.value > value : last.value < value) return 0
  if (window.length < 4 || last.at - first.at < (windowSeconds * 1000) / 4) return undefined
  const { slope, fit } = lineThrough(window)
  const gap = value - last.value
  if (fit < leastFit || slope === 0 || Math.sign(slope) !== (operator === 'above' ? 1 : -1)) return null
  return Math.max(gap / slope - (now - last.at) / 1000, 0)
}

/** Slope a second and R² of the least-squares line. */
function lineThrough(samples: readonly Sample[]): { slope: number; fit: number } {
  // From the first one on: squares of large numbers would lose what little lies between them.
  const origin = samples[0] as Sample
  const n = samples.length
  let [sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0]
  for (const { at, value } of samples) {
    const x = (at - origin.at) / 1000
    const y = value - origin.value
    sx += x
    sy += y
    sxx += x * x
    sxy += x * y
    syy += y * y
  }
  const spreadX = sxx - (sx * sx) / n
  const spreadY = syy - (sy * sy) / n
  const together = sxy - (sx * sy) / n
  if (spreadX <= 0 || spreadY <= 0) return { slope: 0, fit: 1 }
  return { slope: together / spreadX, fit: (together * together) / (spreadX * spreadY) }
}
