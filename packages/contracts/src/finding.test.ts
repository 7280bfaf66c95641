import { describe, expect, it } from 'vitest'
import { findingKindNames, isTenantAction, needsTyping, proposalOf, tenantStates, whyNot } from './index.ts'

const holders = [...tenantStates, 'spare', null] as const
const cases = findingKindNames.flatMap((kind) => holders.map((holder) => ({ kind, holder })))

describe('a proposal', () => {
  it.each(cases)('says for $kind of $holder what would be done, or why nothing can be', (wanted) => {
    const proposal = proposalOf({ ...wanted, subject: 't_alder' })
    expect(proposal.label).not.toBe('')
    expect(proposal.sentence).toMatch(/\.$/)
  })

  it('asks for the name to be typed wherever data is dropped, and nowhere else', () => {
    const typed = cases.filter((wanted) => needsTyping(proposalOf({ ...wanted, subject: 't_alder' })))
    expect(typed.map(({ kind }) => kind)).toContain('schema_orphan')
    for (const { kind, holder } of typed) {
      expect(kind).toBe('schema_orphan')
      expect(['failed', 'spare']).not.toContain(holder)
    }
  })

  it('repairs only what may be repaired: a tenant that has a schema', () => {
    for (const kind of findingKindNames) {
      for (const state of ['active', 'suspended', 'archived'] as const) {
        const { act } = proposalOf({ kind, subject: 't_alder', holder: state })
        if (act && isTenantAction(act) && act === 'tenant.repair') expect(whyNot(act, state)).toBeUndefined()
      }
    }
    expect(whyNot('tenant.repair', 'purged')).toContain('Only tenants that have a schema')
  })

  it('never makes a schema that is gone: its data is in a backup or nowhere', () => {
    for (const holder of ['active', 'suspended', 'archived'] as const) {
      expect(proposalOf({ kind: 'schema_missing', subject: 't_alder', holder }).act).toBeNull()
    }
  })
})
