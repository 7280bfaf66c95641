import { slug as slugRule } from '@tenantry/contracts'
import { expect, test } from 'vitest'
import { deriveSlug } from './derive-slug.ts'

test.each([
  ['Northport University', 'northport-university'],
  ['Université du Val-Clair', 'universite-du-val-clair'],
  ['Västerfjord  Högskola', 'vasterfjord-hogskola'],
  ['Straßenbau & Œuvre', 'strassenbau-oeuvre'],
  ["St. Olave's College", 'st-olaves-college'],
  ['42 Halls of Learning', 'halls-of-learning'],
  ['  ', ''],
  ['東京', ''],
])('derives from “%s” the slug %s', (name, slug) => {
  expect(deriveSlug(name)).toBe(slug)
})

test('cuts a long name at a word, and what it gives is always a lawful slug', () => {
  const slug = deriveSlug('The Very Reverend and Most Ancient Foundation for Applied Sciences of Eastmere')
  expect(slug).toBe('the-very-reverend-and-most-ancient-foundation')
  expect(slugRule.safeParse(slug).success).toBe(true)
  expect(slugRule.safeParse(deriveSlug('x'.repeat(90))).success).toBe(true)
})
