import { expect, test } from 'vitest'
import { readLabel } from './read-label.ts'

test.each([
  ['plan=enterprise', { key: 'plan', value: 'enterprise' }],
  [' plan : a = b ', { key: 'plan', value: 'a = b' }],
  ['flag=', { key: 'flag', value: '' }],
])('reads “%s” as a label', (typed, label) => {
  expect(readLabel(typed)).toEqual(label)
})

test.each(['plan', '=x', 'Plan=x', '9=x', `plan=${'x'.repeat(81)}`])('says why “%s” is no label', (typed) => {
  expect(readLabel(typed)).toHaveProperty('fault')
})
