import { expect, test } from 'vitest'
import { diffValues } from './diff-values.ts'

test('sets fields side by side, nested ones by their path', () => {
  const before = { labels: { plan: 'gold', region: 'eu' }, notes: 'old' }
  const after = { labels: { plan: 'iron', tier: '1' }, notes: 'old' }
  expect(diffValues(before, after)).toEqual([
    { field: 'labels.plan', before: 'gold', after: 'iron', isChanged: true },
    { field: 'labels.region', before: 'eu', after: undefined, isChanged: true },
    { field: 'notes', before: 'old', after: 'old', isChanged: false },
    { field: 'labels.tier', before: undefined, after: '1', isChanged: true },
  ])
})

test('shows what came where nothing was', () => {
  expect(diffValues(null, { slug: 'lund', limit: null })).toEqual([
    { field: 'slug', before: undefined, after: 'lund', isChanged: true },
  ])
  expect(diffValues({ limit: null }, { limit: 60 })).toEqual([
    { field: 'limit', before: undefined, after: '60', isChanged: true },
  ])
})

test('tells the first label by itself, without the empty object before it', () => {
  expect(diffValues({ labels: {} }, { labels: { plan: 'gold' } })).toEqual([
    { field: 'labels.plan', before: undefined, after: 'gold', isChanged: true },
  ])
  expect(diffValues({ labels: {} }, { labels: {} })).toHaveLength(1)
})
