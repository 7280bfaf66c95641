import { expect, test } from 'vitest'
import { partsOf } from './runbook-parts.ts'

const page =
  '# No worker is alive\n\nIn short.\n\n## Symptom\n\nNothing moves.\n\n## Do\n\n1. Start one.\n2. Look.\n'

test('takes a page apart by its headings', () => {
  const { title, body, sections } = partsOf(page, 'no-worker')
  expect(title).toBe('No worker is alive')
  expect(body).toMatch(/^In short\.\n\n## Symptom/)
  expect([...sections]).toEqual([
    ['symptom', 'Nothing moves.'],
    ['do', '1. Start one.\n2. Look.'],
  ])
})

test('a page without a title is called by its name', () => {
  expect(partsOf('Some words.', 'no-worker')).toMatchObject({ title: 'no-worker', body: 'Some words.' })
})
