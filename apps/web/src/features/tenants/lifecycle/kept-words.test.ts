import { expect, test } from 'vitest'
import { isKept, keptUntilOf, readKeepDays } from './kept-words.ts'

test('counts the window in whole days from now', () => {
  expect(keptUntilOf(Date.UTC(2026, 10, 22, 10), 7).toISOString()).toBe('2026-11-29T10:00:00.000Z')
})

test.each([
  ['7', 7],
  [' 0 ', 0],
  ['365', 365],
  ['366', undefined],
  ['1.5', undefined],
  ['', undefined],
  ['-1', undefined],
])('reads “%s” days', (typed, days) => {
  expect(readKeepDays(typed)).toBe(days)
})

test('knows whether the window is open', () => {
  const now = Date.UTC(2026, 10, 22)
  expect(isKept('2026-11-23T00:00:00.000Z', now)).toBe(true)
  expect(isKept('2026-11-21T00:00:00.000Z', now)).toBe(false)
  expect(isKept(null, now)).toBe(false)
})
