import { expect, test } from 'vitest'
import { countdown } from './countdown.ts'

const now = Date.parse('2026-11-22T12:00:00.000Z')

test.each([
  ['2026-11-22T12:00:07.200Z', '8 s'],
  ['2026-11-22T12:00:59.000Z', '59 s'],
  ['2026-11-22T12:01:05.000Z', '1 min 05 s'],
  ['2026-11-22T12:00:00.000Z', undefined],
  ['2026-11-22T11:59:00.000Z', undefined],
])('counts whole seconds down to %s', (at, words) => {
  expect(countdown(at, now)).toBe(words)
})
