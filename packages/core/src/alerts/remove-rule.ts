import { removeRuleInput, TenantryError } from '@tenantry/contracts'
import { alertRule } from '@tenantry/db/schema'
import { eq, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockRule } from './lock-rule.ts'

/** Removes a rule that somebody made; the evaluator then resolves what is open of it. */
export const removeRule = defineVerb({
  action: 'rule.remove',
  permission: 'alert.write',
  input: removeRuleInput,
  async run({ tx, audit }, input) {
    const row = await lockRule(tx, input)
    if (row.builtin) {
      throw new TenantryError('unlawful_transition', `“${row.name}” is built in and cannot be removed.`, {
        action: 'Disable it instead.',
      })
    }
    await tx
      .update(alertRule)
      .set({ removedAt: sql`clock_timestamp()`, enabled: false })
      .where(eq(alertRule.id, row.id))
    audit({
      target: { kind: 'rule', id: row.id },
      before: { name: row.name, condition: row.condition, severity: row.severity },
    })
    return { ruleId: row.id }
  },
})
