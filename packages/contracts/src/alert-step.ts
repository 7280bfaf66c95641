import { type AlertCondition, type AlertRule, metricsOf } from './alert-rule.ts'
import type { AlertState } from './incident.ts'
import { type MetricName, type MetricUnit, metrics } from './metric.ts'

/** What a condition compares once it has been measured, and in which unit. */
export interface Limit {
  readonly operator: 'above' | 'below'
  readonly value: number
  /** Up to here it still fires, once it does. */
  readonly clear: number
  readonly unit: MetricUnit
}

/**
 * Every kind of condition is measured to one number a subject and compared with one limit: an absence to the seconds since
 * the last sample, a forecast to the seconds until it happens.
 */
export function limitOf(condition: AlertCondition): Limit {
  switch (condition.kind) {
    case 'absence':
      return { operator: 'above', value: condition.seconds, clear: condition.seconds, unit: 'seconds' }
    case 'forecast':
      return {
        operator: 'below',
        value: condition.withinSeconds,
        clear: condition.withinSeconds,
        unit: 'seconds',
      }
    default: {
      const { operator, value, clear = value } = condition
      const unit = condition.kind === 'ratio' ? 'ratio' : metrics[metricsOf(condition)[0] as MetricName].unit
      return { operator, value, clear, unit }
    }
  }
}

/** What was found for one subject at one moment; null: measured, and there is nothing to compare; undefined: not measured. */
export type Measured = number | null | undefined

/** `between`: past the clear threshold and not past the other. `unknown`: it neither begins nor ends anything. */
export type Verdict = 'holds' | 'between' | 'clear' | 'unknown'

export function judge({ operator, value, clear }: Limit, measured: Measured): Verdict {
  if (measured === undefined) return 'unknown'
  if (measured === null) return 'clear'
  const beyond = (limit: number) => (operator === 'above' ? measured > limit : measured < limit)
  if (beyond(value)) return 'holds'
  return beyond(clear) ? 'between' : 'clear'
}

/** What is remembered of an alert from one look to the next. Times in milliseconds of the database’s clock. */
export interface AlertMemory {
  readonly state: Exclude<AlertState, 'resolved'>
  readonly pendingAt: number
  /** Since when it has been clear, while it still fires. */
  readonly clearAt: number | null
}

/**
 * The next state of one alert: the one rule by which the evaluator and the preview work. Null before: it was not there;
 * null after: it is not there, or over. A time of the future is taken for now: the clock was set back.
 */
export function stepAlert(
  rule: Pick<AlertRule, 'forSeconds' | 'keepFiringSeconds'>,
  before: AlertMemory | null,
  verdict: Verdict,
  now: number,
): AlertMemory | null {
  if (verdict === 'unknown') return before
  if (before?.state === 'firing') {
    if (verdict !== 'clear') return { ...before, clearAt: null }
    const clearAt = Math.min(before.clearAt ?? now, now)
    return now - clearAt >= rule.keepFiringSeconds * 1000 ? null : { ...before, clearAt }
  }
  if (verdict !== 'holds') return null
  const pendingAt = Math.min(before?.pendingAt ?? now, now)
  const fires = now - pendingAt >= rule.forSeconds * 1000
  return { state: fires ? 'firing' : 'pending', pendingAt, clearAt: null }
}

/** An incident that fires again within so long is the same one. */
export const reopenSeconds = 600
const longestKeep = 600

/**
 * How long an alert must be clear before it is over: what the rule says, and longer each time its incident has fired
 * again (30 s, 1 min, 2 min … 10 min), so that flapping ends in one incident and a few messages.
 */
export function dampedKeep(keepFiringSeconds: number, refired: number): number {
  if (refired === 0) return keepFiringSeconds
  return Math.max(keepFiringSeconds, Math.min(15 * 2 ** Math.min(refired, 10), longestKeep))
}
