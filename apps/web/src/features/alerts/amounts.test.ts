import { expect, test } from 'vitest'
import { readAmount, readSeconds, writeAmount } from './amounts.ts'

test.each([
  ['5 GB', 'bytes', 5e9],
  ['5gb', 'bytes', 5e9],
  ['1,500 MB', 'bytes', 1.5e9],
  ['80 %', 'ratio', 0.8],
  ['0.8', 'ratio', 0.8],
  ['2 min', 'seconds', 120],
  ['250 ms', 'seconds', 0.25],
  ['3 days', 'seconds', 259_200],
  ['-4', 'count', -4],
  ['10 k', 'count', 10_000],
] as const)('reads %s as %s', (typed, unit, value) => {
  expect(readAmount(typed, unit)).toBe(value)
})

test.each([
  ['', 'count'],
  ['many', 'count'],
  ['5 GB', 'seconds'],
  ['80 %', 'bytes'],
  ['5 5', 'count'],
] as const)('refuses “%s” as %s', (typed, unit) => {
  expect(readAmount(typed, unit)).toBeUndefined()
})

test.each([
  [5e9, 'bytes', '5 GB'],
  [1_536_000, 'bytes', '1.536 MB'],
  [999_999_999, 'bytes', '999999.999 kB'],
  [0, 'bytes', '0'],
  [0.805, 'ratio', '80.5 %'],
  [0.29, 'ratio', '29 %'],
  [90, 'seconds', '1.5 min'],
  [259_200, 'seconds', '3 d'],
  [8000, 'count', '8000'],
] as const)('writes %s of %s as %s, and reads it back', (value, unit, text) => {
  expect(writeAmount(value, unit)).toBe(text)
  expect(readAmount(text, unit)).toBe(value)
})

test.each([
  ['90', 90],
  ['1 h 30 min', 5400],
  ['2m', 120],
  ['soon', undefined],
  ['1 h and a bit', undefined],
] as const)('reads “%s” as a length of time', (typed, seconds) => {
  expect(readSeconds(typed)).toBe(seconds)
})
