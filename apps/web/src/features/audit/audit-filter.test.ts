import { expect, test } from 'vitest'
import { auditListingOf, isAudited } from './audit-filter.ts'

const nothing = {
  q: '',
  actor: '',
  target: '',
  operation: '',
  request: '',
  action: [],
  outcome: [],
  range: 'all',
} as const
const now = Date.parse('2026-11-22T11:05:52.400Z')

test('asks for everything when nothing is filtered', () => {
  expect(auditListingOf(nothing, now)).toEqual({})
})

test('asks the same question all through a minute', () => {
  const hour = auditListingOf({ ...nothing, range: '1h' }, now)
  expect(hour).toEqual({ from: '2026-11-22T10:05:00.000Z' })
  expect(auditListingOf({ ...nothing, range: '1h' }, now + 7_000)).toEqual(hour)
})

test('leaves out an operation that the server would refuse', () => {
  expect(auditListingOf({ ...nothing, operation: 'op_nonsense', request: 'req_1' }, now)).toEqual({
    requestId: 'req_1',
  })
})

test('knows whether a new entry belongs to the list', () => {
  const patch = {
    chain: 'system',
    actorId: 'us_1',
    actorName: 'Mira Holt',
    action: 'tenant.annotate',
    targetId: 'tn_1',
    outcome: 'denied',
    operationId: null,
  }
  const listed = (over: Parameters<typeof isAudited>[0]) => isAudited(over, patch)
  expect(listed({})).toBe(true)
  expect(listed({ outcomes: ['denied'], actions: ['tenant.annotate'], actorId: 'us_1', text: 'mira' })).toBe(
    true,
  )
  expect(listed({ outcomes: ['failed'] })).toBe(false)
  expect(listed({ text: 'kofi' })).toBe(false)
  expect(listed({ tenantId: 'tn_1' })).toBe(false)
})
