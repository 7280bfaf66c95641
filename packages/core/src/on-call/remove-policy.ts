import { removePolicyInput, TenantryError } from '@tenantry/contracts'
import { alertRule, alertSource, escalationPolicy } from '@tenantry/db/schema'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockPolicy } from './lock-policy.ts'

/** Removes an escalation that is neither the default nor named by a rule or a source. */
export const removePolicy = defineVerb({
  action: 'policy.remove',
  permission: 'oncall.write',
  input: removePolicyInput,
  async run({ tx, audit }, { policyId, ifVersion }) {
    const before = await lockPolicy(tx, policyId, ifVersion)
    if (before.isDefault) {
      throw new TenantryError('unlawful_transition', `${before.name} is the default: there must be one.`, {
        action: 'Make another one the default first.',
      })
    }
    const users = [
      ...(await tx
        .select({ name: alertRule.name })
        .from(alertRule)
        .where(and(eq(alertRule.policyId, policyId), isNull(alertRule.removedAt)))),
      ...(await tx
        .select({ name: alertSource.name })
        .from(alertSource)
        .where(and(eq(alertSource.policyId, policyId), isNull(alertSource.removedAt)))),
    ]
    if (users.length) {
      const first = users.slice(0, 3).map(({ name }) => name)
      throw new TenantryError(
        'unlawful_transition',
        `${before.name} is what ${first.join(', ')}${users.length > 3 ? ' and others' : ''} go by.`,
        { action: 'Give them another one first.' },
      )
    }
    await tx.update(escalationPolicy).set({ removedAt: sql`now()` }).where(eq(escalationPolicy.id, policyId))
    audit({ target: { kind: 'policy', id: policyId }, before: { name: before.name, steps: before.steps } })
    return { policyId }
  },
})
