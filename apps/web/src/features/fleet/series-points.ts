import type { OperationKind } from '@tenantry/contracts'
import type { ChartPoint } from '../../chart/time-chart.tsx'
import type { FleetSeries } from './use-fleet-series.ts'

const moments = (series: FleetSeries) => series.at.map((at) => Date.parse(at))

/** Operations that ended, per second, by outcome. */
export function outcomePoints(series: FleetSeries): ChartPoint[] {
  return moments(series).map((at, i) => ({
    at,
    succeeded: series.succeeded[i] ?? null,
    failed: series.failed[i] ?? null,
    cancelled: series.cancelled[i] ?? null,
  }))
}

/** The queue as the sampler saw it; null where nobody looked. */
export function queuePoints(series: FleetSeries): ChartPoint[] {
  return moments(series).map((at, i) => ({
    at,
    queued: series.queued[i] ?? null,
    running: series.running[i] ?? null,
    waiting: series.waiting[i] ?? null,
  }))
}

/** p50, p95 and p99 of one kind, seconds; null where none of it ended. */
export function durationPoints(series: FleetSeries, kind: OperationKind | undefined): ChartPoint[] {
  const of = series.durations.find((one) => one.kind === kind)
  return moments(series).map((at, i) => ({
    at,
    p50: of?.p50[i] ?? null,
    p95: of?.p95[i] ?? null,
    p99: of?.p99[i] ?? null,
  }))
}

/** Seconds that each bucket covers; the last one is still filling. */
function coverage(series: FleetSeries, now: number): number[] {
  return moments(series).map((at, i) =>
    i === series.at.length - 1
      ? Math.min(series.bucketSeconds, Math.max(1, (now - at) / 1000))
      : series.bucketSeconds,
  )
}

/** How many operations ended in the range, and how many a second in its last minute. `now` in ms. */
export function endedIn(
  series: FleetSeries,
  now: number,
): { succeeded: number; failed: number; perSecond: number } {
  const seconds = coverage(series, now)
  const count = (rates: readonly number[], from = 0) =>
    rates.reduce((sum, rate, i) => (i < from ? sum : sum + rate * (seconds[i] ?? 0)), 0)
  const lastMinute = Math.max(0, series.at.length - Math.max(2, Math.ceil(60 / series.bucketSeconds)))
  const covered = seconds.slice(lastMinute).reduce((sum, one) => sum + one, 0)
  return {
    succeeded: Math.round(count(series.succeeded)),
    failed: Math.round(count(series.failed)),
    perSecond: (count(series.succeeded, lastMinute) + count(series.failed, lastMinute)) / (covered || 1),
  }
}
