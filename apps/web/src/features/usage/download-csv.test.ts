import { expect, test } from 'vitest'
import { toCsv } from './download-csv.ts'

test('rows become CSV that no spreadsheet runs', () => {
  expect(
    toCsv([
      { slug: 'north', bytes: 12, note: null },
      { slug: '=cmd()', bytes: -3, note: 'a "b", c' },
    ]),
  ).toBe('slug,bytes,note\r\nnorth,12,\r\n\'=cmd(),-3,"a ""b"", c"\r\n')
})

test('of nothing there is nothing', () => {
  expect(toCsv([])).toBe('\r\n')
})
