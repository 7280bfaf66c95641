import { operationStates } from '@tenantry/contracts'
import { expect, test } from 'vitest'
import { operationTitle, refusalOf } from './operation-words.ts'

test('names an operation by verb and object', () => {
  const names = { tenantSlug: 'lund', templateSlug: 'university' }
  const build = { tenantSlug: null, templateSlug: 'university' }
  expect(operationTitle({ kind: 'tenant.provision', ...names })).toBe('Provision lund')
  expect(operationTitle({ kind: 'template.build', ...build })).toBe('Build template university')
})

test.each(operationStates)('says of %s why it cannot be retried or cancelled, or lets it', (state) => {
  const mayRetry = state === 'failed' || state === 'cancelled'
  expect(refusalOf('retry', { state }) === undefined).toBe(mayRetry)
  expect(refusalOf('cancel', { state }) === undefined).toBe(state === 'queued')
})

test('refuses to retry what was retried', () => {
  expect(refusalOf('retry', { state: 'failed', retriedBy: 'op_2' })).toMatch('newer operation')
})

test('leaves what the warm pool tries again to the pool', () => {
  expect(refusalOf('retry', { kind: 'spare.build', state: 'failed' })).toMatch('by itself')
})
