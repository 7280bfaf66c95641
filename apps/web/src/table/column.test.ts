import { expect, test } from 'vitest'
import { nextSort, parseSort, sortParam } from './column.ts'

test('a first press on a head sorts upwards, a second turns it round', () => {
  const first = nextSort({ id: 'createdAt', desc: true }, 'slug')
  expect(first).toEqual({ id: 'slug', desc: false })
  expect(nextSort(first, 'slug')).toEqual({ id: 'slug', desc: true })
})

test.each(['slug', '-createdAt'])('an order survives the URL: %s', (param) => {
  expect(sortParam(parseSort(param))).toBe(param)
})
