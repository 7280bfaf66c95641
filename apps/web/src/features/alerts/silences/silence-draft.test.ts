import type { Matcher } from '@tenantry/contracts'
import { expect, test } from 'vitest'
import { draftForIncident, emptySilence, readSilence, type SilenceDraft } from './silence-draft.ts'

const now = Date.parse('2026-11-22T10:00:00Z')
const rule = 'ar_00000000000000000000000001'
const matchers: Matcher[] = [{ fact: 'rule', operator: 'is', values: [rule] }]
const draft: SilenceDraft = { ...emptySilence(), matchers, comment: 'known, mended at noon' }
const member = { tenantId: 'tn_1', clusterId: 'cl_1' }

test('begins with the rule of the incident and the cluster that it is about', () => {
  const incident = { ruleId: rule, clusterId: 'cl_1', severity: 'critical', total: 9, members: [] } as const
  expect(draftForIncident(incident).matchers).toEqual([
    { fact: 'rule', operator: 'is', values: [rule] },
    { fact: 'cluster', operator: 'is', values: ['cl_1'] },
  ])
})

test('begins with the only tenant where there is only one', () => {
  const incident = { ruleId: rule, clusterId: null, severity: 'info', total: 1, members: [member] } as const
  expect(draftForIncident(incident).matchers.at(-1)).toEqual({
    fact: 'tenant',
    operator: 'is',
    values: ['tn_1'],
  })
})

test('never begins with everything: an incident from outside is matched by its severity', () => {
  const incident = { ruleId: null, clusterId: null, severity: 'info', total: 3, members: [] } as const
  expect(draftForIncident(incident).matchers).toEqual([
    { fact: 'severity', operator: 'is', values: ['info'] },
  ])
})

test('lasts as long as was chosen, from now or from its start', () => {
  expect(readSilence(draft, now, 'UTC')).toMatchObject({
    silence: { startsAt: '2026-11-22T10:00:00.000Z', endsAt: '2026-11-22T12:00:00.000Z' },
  })
  expect(readSilence({ ...draft, starts: '2026-11-22T22:00', ends: 3600 }, now, 'UTC')).toMatchObject({
    silence: { startsAt: '2026-11-22T22:00:00.000Z', endsAt: '2026-11-22T23:00:00.000Z' },
  })
})

test.each([
  [{ matchers: [] }, 'A silence of everything is not possible: choose what'],
  [{ comment: ' ' }, 'Say why, in a few words'],
  [{ starts: '' }, 'Choose when it begins.'],
  [{ ends: '' }, 'Choose when it ends.'],
  [{ ends: '2026-11-22T09:00' }, 'It would be over before it began.'],
  [{ starts: '2026-11-23T10:00', ends: '2026-11-23T09:00' }, 'It ends before it begins'],
  [{ ends: '2027-01-22T09:00' }, 'A silence lasts at most 31 days'],
])('says what is missing: %o', (over, missing) => {
  expect(readSilence({ ...draft, ...over }, now, 'UTC')).toEqual({ missing })
})
