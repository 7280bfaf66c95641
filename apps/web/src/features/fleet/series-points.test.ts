import { expect, test } from 'vitest'
import { durationPoints, endedIn, queuePoints } from './series-points.ts'
import type { FleetSeries } from './use-fleet-series.ts'

const start = Date.UTC(2026, 10, 22, 10)
const series: FleetSeries = {
  range: '15m',
  bucketSeconds: 10,
  at: Array.from({ length: 10 }, (_, i) => new Date(start + i * 10_000).toISOString()),
  succeeded: [0, 0, 0, 0, 0, 0, 0, 0, 0.6, 2],
  failed: [0.1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  cancelled: Array.from({ length: 10 }, () => 0),
  durations: [{ kind: 'tenant.provision', p50: [2, null], p95: [3, null], p99: [4, null] }],
  queued: [null, 5, 0, 0, 0, 0, 0, 0, 0, 0],
  running: [null, 1, 0, 0, 0, 0, 0, 0, 0, 0],
  waiting: [null, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  oldestQueued: [null, 3, 0, 0, 0, 0, 0, 0, 0, 0],
}

test('counts what ended, with the last bucket only as far as it is filled', () => {
  // 0.6/s for 10 s and 2/s for the 4 s that have passed of the last bucket.
  const ended = endedIn(series, start + 94_000)
  expect(ended).toMatchObject({ succeeded: 14, failed: 1 })
  expect(ended.perSecond).toBeCloseTo(14 / 54)
})

test('leaves a gap where nobody looked at the queue', () => {
  expect(queuePoints(series)[0]).toMatchObject({ queued: null })
  expect(queuePoints(series)[1]).toMatchObject({ queued: 5, running: 1 })
})

test('has no durations for a kind of which nothing ended', () => {
  expect(durationPoints(series, 'tenant.discard').every(({ p50 }) => p50 === null)).toBe(true)
  expect(durationPoints(series, 'tenant.provision')[0]).toMatchObject({ p50: 2, p99: 4 })
})
