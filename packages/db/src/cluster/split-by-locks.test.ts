import { expect, it } from 'vitest'
import { locksOf, splitByLocks } from './split-by-locks.ts'
import { splitScript } from './split-script.ts'

const parts = (script: string, budget: number) =>
  splitByLocks(splitScript(script), budget).map((part) => part.map(({ number }) => number))

it('counts a table with its TOAST and its keys', () => {
  expect(locksOf('create table a (id int)')).toBe(4)
  expect(locksOf('CREATE TABLE a (id bigserial PRIMARY KEY, b int UNIQUE REFERENCES c)')).toBe(8)
  expect(locksOf('comment on table a is $$primary key$$')).toBe(2)
})

it('keeps a script whole that fits, and cuts another between statements', () => {
  const script = 'create table a (); create table b (); create table c (); create index on a (x)'
  expect(parts(script, 100)).toEqual([[1, 2, 3, 4]])
  expect(parts(script, 9)).toEqual([
    [1, 2],
    [3, 4],
  ])
})

it('gives a statement that is too large a part of its own', () => {
  expect(parts('create table a (); select f(); create table b ()', 5)).toEqual([[1], [2], [3]])
})

it('does not tear apart what is deferred to a COMMIT', () => {
  expect(parts('set constraints all deferred; create table a (); create table b ()', 5)).toEqual([[1, 2, 3]])
})

it('of nothing is nothing', () => {
  expect(parts('-- only a comment', 5)).toEqual([])
})
