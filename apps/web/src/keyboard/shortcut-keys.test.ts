import { expect, test } from 'vitest'
import { isSingleKey, matchStroke, strokeName } from './shortcut-keys.ts'

const stroke = (key: string, over: object = {}) => ({
  key,
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  ...over,
})

test.each([
  [stroke('j'), 'j'],
  [stroke('?', { shiftKey: true }), '?'],
  [stroke('X', { shiftKey: true }), 'shift+x'],
  [stroke('k', { metaKey: true }), 'mod+k'],
  [stroke('k', { ctrlKey: true }), 'mod+k'],
  [stroke(' '), 'space'],
  [stroke('Shift', { shiftKey: true }), undefined],
  [stroke('q', { altKey: true }), undefined],
])('names the stroke %o as %s', (given, name) => {
  expect(strokeName(given)).toBe(name)
})

const all = ['g t', 'g o', 'j', '?', 'mod+k']

test('waits for the second key of a sequence, then runs it', () => {
  expect(matchStroke(undefined, 'g', all)).toEqual({ prefix: 'g' })
  expect(matchStroke('g', 't', all)).toEqual({ run: 'g t' })
})

test('runs a single key after a sequence that came to nothing', () => {
  expect(matchStroke('g', 'j', all)).toEqual({ run: 'j' })
  expect(matchStroke('g', 'z', all)).toBeUndefined()
})

test('counts every key without a modifier as single, so that all of them can be turned off', () => {
  expect(['j', 'g t', '?', 'shift+x'].map(isSingleKey)).toEqual([true, true, true, true])
  expect(['mod+k', 'escape'].map(isSingleKey)).toEqual([false, false])
})
