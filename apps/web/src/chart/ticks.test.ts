import { expect, test } from 'vitest'
import { countTicks, logTicks, timeTicks } from './ticks.ts'

test.each([
  [1540, [0, 500, 1000, 1500, 2000]],
  [4, [0, 1, 2, 3, 4]],
  [0.07, [0, 0.02, 0.04, 0.06, 0.08]],
  [0, [0, 1]],
])('rounds an axis up to %s', (max, ticks) => {
  expect(countTicks(max)).toEqual(ticks)
})

test('steps a log axis by 1, 3, 10 around the data', () => {
  expect(logTicks(7, 55)).toEqual([3, 10, 30, 100])
  expect(logTicks(10, 10)).toEqual([10, 30])
})

test('puts time marks on round moments inside the range', () => {
  const from = Date.UTC(2026, 10, 22, 10, 4, 30)
  const ticks = timeTicks(from, from + 3_600_000)
  expect(ticks.map((at) => new Date(at).toISOString().slice(11, 16))).toEqual([
    '10:15',
    '10:30',
    '10:45',
    '11:00',
  ])
})
