import { describe, expect, test } from 'vitest'
import { findMatches, type LogLine, layOutLog, mergeLines, splitMatches } from './log-rows.ts'

const line = (number: number, message: string, over: Partial<LogLine> = {}): LogLine => ({
  line: number,
  attempt: 1,
  at: new Date(1_700_000_000_000 + number * 100).toISOString(),
  level: 'info',
  step: 'seed',
  message,
  data: null,
  ...over,
})
const whole = { level: 'all', find: '', opened: new Set<number>() } as const
const batches = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) =>
    line(from + i, `batch ${from + i}/61: 20,000 rows, ${i} ms`),
  )

describe('merging', () => {
  test('keeps each line once, in order, whatever comes twice or late', () => {
    const merged = mergeLines([line(1, 'a'), line(3, 'c')], [line(2, 'b'), line(3, 'c'), line(4, 'd')])
    expect(merged.map((one) => one.line)).toEqual([1, 2, 3, 4])
  })

  test('gives the same array when nothing is new', () => {
    const known = [line(1, 'a'), line(2, 'b')]
    expect(mergeLines(known, [line(2, 'b')])).toBe(known)
    expect(mergeLines(known, [])).toBe(known)
  })
})

describe('folding', () => {
  test('folds lines that differ only in numbers, and keeps the first and the last', () => {
    const items = layOutLog([line(1, 'begin'), ...batches(2, 9), line(10, 'end')], whole)
    expect(items.map((item) => (item.kind === 'line' ? item.line.line : item.kind))).toEqual([
      1,
      2,
      'fold',
      9,
      10,
    ])
    expect(items[2]).toMatchObject({ lines: { length: 6 } })
  })

  test('folds nothing short, nothing of another level, and nothing while one searches', () => {
    expect(layOutLog(batches(1, 5), whole)).toHaveLength(5)
    const mixed = batches(1, 8).map((one, i) => (i === 4 ? { ...one, level: 'warn' as const } : one))
    expect(layOutLog(mixed, whole)).toHaveLength(8)
    expect(layOutLog(batches(1, 8), { ...whole, find: 'rows' })).toHaveLength(8)
  })

  test('shows all lines of a fold that was opened', () => {
    expect(layOutLog(batches(1, 8), { ...whole, opened: new Set([1]) })).toHaveLength(8)
  })
})

test('says which lines are not loaded, before the first and in between', () => {
  const items = layOutLog([line(5, 'a'), line(6, 'b'), line(9, 'c')], whole)
  expect(items.map((item) => (item.kind === 'gap' ? [item.from, item.to] : item.kind))).toEqual([
    [1, 4],
    'line',
    'line',
    [7, 8],
    'line',
  ])
})

test('measures the time since the line before, also when that is filtered out', () => {
  const lines = [line(1, 'a'), line(2, 'b', { level: 'error' }), line(4, 'c', { level: 'error' })]
  const items = layOutLog(lines, { ...whole, level: 'error' })
  expect(items).toMatchObject([{ deltaMs: 100 }, { kind: 'gap' }, { deltaMs: 200 }])
})

test('counts statements as information', () => {
  const lines = [line(1, 'a', { level: 'sql' }), line(2, 'b', { level: 'warn' })]
  expect(layOutLog(lines, { ...whole, level: 'info' })).toHaveLength(1)
})

test('finds and marks matches in any case', () => {
  const items = layOutLog([line(1, 'Lock taken'), line(2, 'done'), line(3, 'no lock, no LOCK')], whole)
  expect(findMatches(items, 'lock')).toEqual([0, 2])
  expect(findMatches(items, ' ')).toEqual([])
  expect(splitMatches('no lock, no LOCK', 'lock')).toEqual(['no ', 'lock', ', no ', 'LOCK', ''])
})
