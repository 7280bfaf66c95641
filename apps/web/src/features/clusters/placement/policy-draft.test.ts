import type { PlacementPolicy } from '@tenantry/contracts'
import { expect, test } from 'vitest'
import { draftOf, emptyRule, raisedRule, readDraft } from './policy-draft.ts'

const pinned: PlacementPolicy = { strategy: 'pinned', clusterId: 'cl_01kawtgf9eeejbvhm0p3snhqfr' }
const rule = { tenant: { plan: 'gold' }, cluster: { zone: 'a' } }
const byLabel: PlacementPolicy = { strategy: 'by_label', rules: [rule], otherwise: 'refuse' }

test.each([{ strategy: 'least_full' } as const, pinned, byLabel])(
  '%o is drafted and read as it was',
  (policy) => {
    expect(readDraft(draftOf(policy))).toEqual({ policy })
  },
)

test('a draft says what is missing from it', () => {
  expect(readDraft({ ...draftOf(pinned), clusterId: '' })).toEqual({
    missing: 'Choose the cluster to pin to.',
  })
  expect(readDraft({ ...draftOf(byLabel), rules: [rule, emptyRule] })).toEqual({
    missing: 'Rule 2 needs a label on both sides.',
  })
  expect(readDraft({ ...draftOf(byLabel), rules: [] })).toEqual({ missing: 'Write at least one rule' })
})

test('a rule is raised over the one before it', () => {
  expect(raisedRule([rule, emptyRule], 1)).toEqual([emptyRule, rule])
})
