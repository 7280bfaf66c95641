import { expect, test } from 'vitest'
import { firingWords, totalOf, worstOf } from './firing-words.ts'

const none = { critical: 0, warning: 0, info: 0, acknowledged: 2, silenced: 3 }

test('counts what wants somebody, by its worst severity; not what is taken or silenced', () => {
  const counts = { ...none, warning: 2, info: 1 }
  expect(totalOf(counts)).toBe(3)
  expect(worstOf(counts)).toBe('warning')
  expect(firingWords(counts)).toBe('Alerts: 3 incidents fire: 2 warning, 1 info')
})

test('is quiet where nothing does', () => {
  expect(worstOf(none)).toBeUndefined()
  expect(firingWords(none)).toBe('Alerts: nothing fires that nobody has taken')
  expect(totalOf(undefined)).toBe(0)
})
