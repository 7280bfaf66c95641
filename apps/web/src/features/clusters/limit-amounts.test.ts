import { expect, test } from 'vitest'
import { readAmount, writeAmount } from './limit-amounts.ts'

test('an amount is read in its unit, and nothing is no limit', () => {
  expect(readAmount('1,200', 1)).toEqual({ amount: 1200 })
  expect(readAmount(' 0.5 ', 1e9)).toEqual({ amount: 500_000_000 })
  expect(readAmount('', 1)).toEqual({ amount: undefined })
})

test.each(['0', '-3', 'many', '1e30'])('%s is no amount', (typed) => {
  expect(readAmount(typed, 1)).toHaveProperty('fault')
})

test('what was written is read again as it was', () => {
  expect(readAmount(writeAmount(40_000_000_000, 1e9), 1e9)).toEqual({ amount: 40_000_000_000 })
  expect(writeAmount(undefined, 1)).toBe('')
})
