import { expect, test } from 'vitest'
import { formatDuration, formatMoment, formatRelative, formatUtc } from './time-format.ts'

const at = new Date('2026-11-22T10:05:52.400Z')

test('shows a moment in the zone of the reader', () => {
  expect(formatMoment(at, 'date-time', 'Europe/Rome')).toBe('2026-11-22 11:05:52')
  expect(formatMoment(at, 'time', 'UTC')).toBe('10:05:52')
  expect(formatMoment(at, 'date', 'Pacific/Auckland')).toBe('22 Nov 2026')
  expect(formatMoment(new Date('2026-11-22T23:30:00Z'), 'date-time', 'UTC')).toBe('2026-11-22 23:30:00')
  expect(formatMoment(new Date('2026-11-22T00:00:00Z'), 'minute', 'UTC')).toBe('00:00')
})

test('shows the same moment in UTC', () => {
  expect(formatUtc(at)).toBe('2026-11-22 10:05:52Z')
})

test.each([
  [2, 'now'],
  [40, '40 s ago'],
  [119, '1 min ago'],
  [7200, '2 h ago'],
  [4 * 86_400, '4 d ago'],
  [-172_800, 'in 2 d'],
])('says how long ago %i seconds are', (seconds, text) => {
  expect(formatRelative(at, at.getTime() + seconds * 1000)).toBe(text)
})

test.each([
  [84, '84 ms'],
  [11_800, '11.8 s'],
  [59_960, '1 min 00 s'],
  [246_000, '4 min 06 s'],
  [24_780_000, '6 h 53 min'],
  [266_400_000, '3 d 2 h'],
])('writes %i ms with its unit', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})
