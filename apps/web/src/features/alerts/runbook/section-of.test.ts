import { expect, test } from 'vitest'
import { sectionOf } from './section-of.ts'

const page = 'In short.\n\n## Symptom\n\nNothing moves.\n\n## Do\n\n1. Start one.\n\n### Then\n\n2. Look.\n'

test('finds what stands under a heading, with what is under it', () => {
  expect(sectionOf(page, 'do')).toBe('1. Start one.\n\n### Then\n\n2. Look.')
  expect(sectionOf(page, 'What to do', 'Symptom')).toBe('Nothing moves.')
})

test('says so where there is no such heading', () => {
  expect(sectionOf(page, 'Prevent')).toBeUndefined()
})
