import { expect, test } from 'vitest'
import { shareOf, spreadLabels } from './spread-labels.ts'

test('leaves labels that have room where they belong', () => {
  const spread = spreadLabels([
    { key: 'p50', y: 120 },
    { key: 'p99', y: 20 },
  ])
  expect(Object.fromEntries(spread)).toEqual({ p50: 120, p99: 20 })
})

test('pushes labels that would overlap apart, in their order, around their middle', () => {
  const spread = spreadLabels([
    { key: 'p95', y: 52 },
    { key: 'p99', y: 50 },
  ])
  expect((spread.get('p95') ?? 0) - (spread.get('p99') ?? 0)).toBe(14)
  expect(((spread.get('p95') ?? 0) + (spread.get('p99') ?? 0)) / 2).toBe(51)
})

test('knows how far up an axis a value stands, linear and log', () => {
  expect(shareOf(5, 0, 10, false)).toBe(0.5)
  expect(shareOf(10, 1, 100, true)).toBeCloseTo(0.5)
})
