import { faultOfRule, setRuleInput, TenantryError } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { alertRule } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockRule } from './lock-rule.ts'
import { requireScope } from './require-scope.ts'

/** Makes an alert rule, or changes one; what could never fire is refused. What fires already is judged by the new words. */
export const setRule = defineVerb({
  action: 'rule.set',
  permission: 'alert.write',
  input: setRuleInput,
  async run({ tx, actor, audit }, { ruleId, ifVersion, ...wanted }) {
    const fault = faultOfRule(wanted)
    if (fault)
      throw new TenantryError('invalid_input', fault.message, { field: fault.field, action: fault.action })
    await requireScope(tx, wanted)
    const before = ruleId && ifVersion ? await lockRule(tx, { ruleId, ifVersion }) : null
    const change = { ...wanted, changedBy: actor.userId, changedAt: new Date() }
    const [after] = before
      ? await tx.update(alertRule).set(change).where(eq(alertRule.id, before.id)).returning()
      : await tx
          .insert(alertRule)
          .values({ id: newId('ar'), ...change })
          .returning()
    if (!after) throw new Error(`rule ${ruleId} vanished under its lock`)
    const pick = (row: typeof after) =>
      Object.fromEntries(Object.keys(wanted).map((key) => [key, row[key as keyof typeof row]]))
    audit({
      target: { kind: 'rule', id: after.id },
      ...(before ? { before: pick(before) } : {}),
      after: pick(after),
    })
    return { ruleId: after.id, rowVersion: after.rowVersion }
  },
})
