import { expect, it } from 'vitest'
import { lockBudget } from './lock-budget.ts'

it('is a quarter of the lock table, parted among the operations that run at once', () => {
  expect(lockBudget(6400, 1)).toBe(1600)
  expect(lockBudget(6400, 4)).toBe(400)
  expect(4 * lockBudget(76_800, 4)).toBeLessThanOrEqual(76_800 / 4)
})

it('is that of the smallest usual server while nobody has looked', () => {
  expect(lockBudget(undefined, 4)).toBe(lockBudget(6400, 4))
})

it('never falls so low that nothing moves', () => {
  expect(lockBudget(640, 64)).toBe(50)
})
