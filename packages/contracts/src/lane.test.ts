import { expect, test } from 'vitest'
import { bandOf, frontPriority, laneOf, lanes } from './lane.ts'
import { bulkPriority, operationKinds, operationPriority } from './operation.ts'

test('every priority is in one lane, and the lanes leave no gap', () => {
  for (const lane of lanes) {
    const { from, below } = bandOf(lane)
    expect(laneOf(from)).toBe(lane)
    expect(laneOf((below ?? 1000) - 1)).toBe(lane)
  }
  expect(bandOf('urgent').from).toBe(0)
  expect(bandOf('bulk').below).toBeNull()
})

test('whatever is a child of a bulk is in the lane bulk, and nothing else is', () => {
  for (const kind of operationKinds) {
    expect(laneOf(operationPriority[kind]), kind).not.toBe('bulk')
    expect(laneOf(operationPriority[kind] + bulkPriority), kind).toBe('bulk')
  }
})

test('the front is before every kind', () => {
  expect(laneOf(frontPriority)).toBe('urgent')
  expect(Math.min(...Object.values(operationPriority))).toBeGreaterThan(frontPriority)
})
