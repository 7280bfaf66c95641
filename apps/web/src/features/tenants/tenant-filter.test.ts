import { expect, test } from 'vitest'
import {
  countFilters,
  isListed,
  listingOf,
  readLabels,
  takeTypedFilter,
  writeLabels,
} from './tenant-filter.ts'

const main = { id: 'cl_01kawtgf9eeejbvhm0p3snhqfr', name: 'main' }
const nothing = { q: '', state: [], label: '', cluster: '', sort: 'slug' } as const

test('labels survive the address, whatever their values hold', () => {
  const labels = { plan: 'enterprise', motto: 'a,b:c 100%2C', empty: '' }
  expect(readLabels(writeLabels(labels))).toEqual(labels)
})

test('drops what is no label from an address', () => {
  expect(readLabels('plan:x,nonsense,:y,Plan:z')).toEqual({ plan: 'x' })
})

test('asks the server for what the address says', () => {
  const search = {
    q: 'uni',
    state: ['failed'],
    label: 'plan:x',
    cluster: main.id,
    sort: '-createdAt',
  } as const
  expect(listingOf(search)).toEqual({
    text: 'uni',
    states: ['failed'],
    labels: { plan: 'x' },
    clusterId: main.id,
    sort: 'created',
    dir: 'desc',
  })
  expect(countFilters(search)).toBe(4)
})

test('leaves out a cluster that the server would refuse', () => {
  expect(listingOf({ ...nothing, cluster: 'nonsense' })).toEqual({ sort: 'slug', dir: 'asc' })
  expect(countFilters({ ...nothing, cluster: 'nonsense' })).toBe(0)
})

test('turns typed words into parts of the filter', () => {
  expect(takeTypedFilter('state:failed,active label:plan=gold cluster:main north ', [main])).toEqual({
    q: 'north ',
    state: ['failed', 'active'],
    labels: { plan: 'gold' },
    cluster: main.id,
  })
})

test('waits for the end of a word before it counts', () => {
  expect(takeTypedFilter('label:plan:ent', [main])).toMatchObject({ q: 'label:plan:ent', labels: {} })
  expect(takeTypedFilter('label:plan:ent', [main], true)).toMatchObject({ q: '', labels: { plan: 'ent' } })
})

test('keeps as text what names nothing', () => {
  expect(takeTypedFilter('state:odd cluster:mars label:UP:x ', [main])).toEqual({
    q: 'state:odd cluster:mars label:UP:x ',
    state: [],
    labels: {},
    cluster: undefined,
  })
})

test('knows whether a new tenant belongs to the list', () => {
  const patch = {
    id: 'tn_1',
    slug: 'northport',
    displayName: 'Northport University',
    state: 'active',
    clusterId: main.id,
    labels: { plan: 'gold' },
  }
  const listed = (over: Partial<Parameters<typeof listingOf>[0]>) =>
    isListed(listingOf({ ...nothing, ...over }), patch)
  expect(listed({})).toBe(true)
  expect(listed({ q: 'PORT uni', label: 'plan:gold', cluster: main.id, state: ['active'] })).toBe(true)
  expect(listed({ q: 'south' })).toBe(false)
  expect(listed({ label: 'plan:iron' })).toBe(false)
  expect(listed({ state: ['failed'] })).toBe(false)
  expect(isListed(listingOf(nothing), { ...patch, state: 'archived' })).toBe(true)
  for (const state of ['discarded', 'purged']) {
    expect(isListed(listingOf(nothing), { ...patch, state })).toBe(false)
    expect(isListed(listingOf({ ...nothing, state: ['purged', 'discarded'] }), { ...patch, state })).toBe(
      true,
    )
  }
})
