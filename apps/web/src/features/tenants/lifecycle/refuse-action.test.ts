import { tenantStates } from '@tenantry/contracts'
import { expect, test } from 'vitest'
import { lifecycleActions } from './action-words.ts'
import { refuseAction } from './refuse-action.ts'

const active = { state: 'active', operation: null } as const
const busy = { ...active, operation: { kind: 'tenant.rename', state: 'running' } } as const

test('names the missing permission before everything else', () => {
  const viewer = { mayNot: 'Needs tenant.purge.', stale: 'Data is old.' }
  expect(refuseAction('tenant.purge', busy, viewer)).toBe('Needs tenant.purge.')
})

test('gives the reason of the state, as the server would', () => {
  expect(refuseAction('tenant.resume', active, {})).toBe(
    'Only suspended tenants are resumed; this one is active.',
  )
})

test('waits for the operation in flight, but a transfer needs none', () => {
  expect(refuseAction('tenant.suspend', busy, {})).toBe('It is being renamed: one operation at a time.')
  expect(refuseAction('tenant.transfer', busy, {})).toBeUndefined()
})

test('refuses on stale data last', () => {
  expect(refuseAction('tenant.suspend', active, { stale: 'Data is old.' })).toBe('Data is old.')
  expect(refuseAction('tenant.suspend', active, {})).toBeUndefined()
})

test('leaves nothing to do with a tenant that is gone', () => {
  for (const state of tenantStates.filter((one) => one === 'purged' || one === 'discarded')) {
    for (const action of lifecycleActions) {
      expect(refuseAction(action, { state, operation: null }, {})).toContain(state)
    }
  }
})
