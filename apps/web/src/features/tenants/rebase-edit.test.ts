import { expect, test } from 'vitest'
import { conflictsOf } from './rebase-edit.ts'

const base = { displayName: 'Lund', labels: { plan: 'gold', region: 'eu' }, notes: '' }

test('finds no conflict when somebody else changed another field', () => {
  expect(conflictsOf(base, { notes: 'mine' }, { ...base, displayName: 'Lund University' })).toEqual([])
})

test('finds no conflict when both meant the same, in any order of keys', () => {
  const labels = { region: 'eu', plan: 'iron' }
  expect(conflictsOf(base, { labels }, { ...base, labels: { plan: 'iron', region: 'eu' } })).toEqual([])
})

test('shows yours and theirs when both changed one field', () => {
  expect(conflictsOf(base, { notes: 'mine' }, { ...base, notes: 'theirs' })).toEqual([
    { field: 'notes', base: '', yours: 'mine', theirs: 'theirs' },
  ])
})
