import { describe, expect, it } from 'vitest'
import { operationKinds, operationStates } from './operation.ts'
import {
  noWayBack,
  whyNotAside,
  whyNotCancel,
  whyNotHurry,
  whyNotPrioritise,
  whyNotRetry,
} from './operation-acts.ts'

const kind = 'tenant.provision'
const allowing = (why: (state: (typeof operationStates)[number]) => string | undefined) =>
  operationStates.filter((state) => why(state) === undefined)

describe('an operation', () => {
  it('is cancelled until it is at its end or being taken back', () => {
    expect(allowing((state) => whyNotCancel({ kind, state }))).toEqual(['queued', 'running', 'waiting'])
  })

  it.each(operationKinds)('%s is cancelled once begun unless it has no way back', (each) => {
    expect(whyNotCancel({ kind: each, state: 'queued' })).toBeUndefined()
    expect(whyNotCancel({ kind: each, state: 'running' })).toBe(noWayBack[each])
  })

  it('is retried from the start once it has failed or was cancelled', () => {
    expect(allowing((state) => whyNotRetry({ kind, state }))).toEqual(['failed', 'cancelled'])
    expect(whyNotRetry({ kind, state: 'failed', retriedBy: 'op_2' })).toMatch('newer operation')
    expect(whyNotRetry({ kind, state: 'failed', error: { undone: false } })).toMatch('discard')
    expect(whyNotRetry({ kind: 'tenant.rotate', state: 'failed' })).toMatch('rotate again')
  })

  it('goes on at once only while it waits, and not when it was asked to stop', () => {
    expect(allowing((state) => whyNotHurry({ kind, state }))).toEqual(['waiting'])
    expect(whyNotHurry({ kind, state: 'waiting', cancelRequestedAt: 'now' })).toMatch('cancelled')
  })

  it('moves to the front while it waits for its turn', () => {
    const facts = { kind, priority: 10, dueAt: 'now' } as const
    expect(allowing((state) => whyNotPrioritise({ ...facts, state }))).toEqual(['queued', 'waiting'])
    expect(whyNotPrioritise({ ...facts, state: 'queued', priority: 0 })).toBe('It is at the front.')
    expect(whyNotPrioritise({ ...facts, state: 'waiting', dueAt: null })).toMatch('decision')
  })

  it('is put aside once, when it has failed and nobody has retried it', () => {
    expect(allowing((state) => whyNotAside({ kind, state }))).toEqual(['failed'])
    expect(whyNotAside({ kind, state: 'failed', asideAt: 'now' })).toBe('It was put aside.')
    expect(whyNotAside({ kind, state: 'failed', retriedBy: 'op_2' })).toMatch('newer')
  })
})
