import { expect, test } from 'vitest'
import { safePath } from './safe-path.ts'

test('returns to a page of this console with its filters', () => {
  expect(safePath('/tenants?state=failed')).toBe('/tenants?state=failed')
})

test.each([
  '//evil.example',
  'https://evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '',
  '/sign-in?next=/',
  '/\tx',
])('goes to the overview instead of %s', (wanted) => {
  expect(safePath(wanted)).toBe('/')
})
