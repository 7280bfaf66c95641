import { expect, test } from 'vitest'
import { oneOf, parseSearch, searchState, someOf, stringifySearch, text } from './search-state.ts'

const state = searchState({
  q: text(),
  state: someOf(['active', 'failed']),
  tab: oneOf(['overview', 'audit'], 'overview'),
})

const read = (search: Record<string, string>) => state.validateSearch.parse(search)

test('reads what is in the URL', () => {
  expect(read(parseSearch('?q=unibo&state=failed,active&tab=audit'))).toEqual({
    q: 'unibo',
    state: ['failed', 'active'],
    tab: 'audit',
  })
})

test('falls back where a value is missing or bad, and keeps the rest', () => {
  const bad = parseSearch(`?q=${'x'.repeat(300)}&state=failed,nonsense&tab=nonsense&other=1`)
  expect(read(bad)).toEqual({ q: '', state: ['failed'], tab: 'overview' })
  expect(read({})).toEqual({ q: '', state: [], tab: 'overview' })
})

test('takes a number in the URL for text', () => {
  expect(read(parseSearch('?q=143')).q).toBe('143')
})

test('leaves defaults out of the URL', () => {
  const [strip] = state.search.middlewares
  const search = strip?.({
    search: { q: '', state: [], tab: 'audit' },
    next: (given: never) => given,
  } as never)
  expect(search).toEqual({ tab: 'audit' })
})

test('writes a query that people can read, and reads it back', () => {
  const written = stringifySearch({
    q: 'a b&c',
    state: ['failed', 'active'],
    next: '/tenants?q=x',
    gone: undefined,
  })
  expect(written).toBe('?q=a+b%26c&state=failed,active&next=/tenants%3Fq%3Dx')
  expect(parseSearch(written)).toEqual({ q: 'a b&c', state: 'failed,active', next: '/tenants?q=x' })
  expect(stringifySearch({})).toBe('')
})
