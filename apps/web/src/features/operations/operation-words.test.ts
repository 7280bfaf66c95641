import { expect, test } from 'vitest'
import { operationTitle } from './operation-words.ts'

test('names an operation by verb and object', () => {
  const names = { tenantSlug: 'lund', templateSlug: 'university' }
  const build = { tenantSlug: null, templateSlug: 'university' }
  expect(operationTitle({ kind: 'tenant.provision', ...names })).toBe('Provision lund')
  expect(operationTitle({ kind: 'template.build', ...build })).toBe('Build template university')
})
