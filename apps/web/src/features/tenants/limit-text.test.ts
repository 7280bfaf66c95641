import { expect, test } from 'vitest'
import { readLimit, writeLimit } from './limit-text.ts'

test.each([
  ['50', 'GB', 50_000_000_000],
  ['1.5', 'TB', 1_500_000_000_000],
  ['2,000', 'count', 2000],
  ['0', 'MB', 0],
] as const)('reads %s %s as %i', (text, unit, limit) => {
  expect(readLimit(text, unit)).toBe(limit)
})

test.each(['', '-1', 'many', '1e9', '99999999999'])('takes “%s” TB for no limit', (text) => {
  expect(readLimit(text, 'TB')).toBeUndefined()
})

test('puts a limit into the field so that it reads back the same', () => {
  for (const limit of [0, 999_000, 50_000_000, 1_250_000_000, 3_000_000_000_000]) {
    const { text, unit } = writeLimit(limit, 'bytes')
    expect(readLimit(text, unit)).toBe(limit)
  }
  expect(writeLimit(1_250_000_000, 'bytes')).toEqual({ text: '1.25', unit: 'GB' })
  expect(writeLimit(40, 'count')).toEqual({ text: '40', unit: 'count' })
})
