import { removePlanInput, TenantryError } from '@tenantry/contracts'
import { plan, tenant } from '@tenantry/db/schema'
import { and, count, eq, notInArray } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockPlan } from './lock-plan.ts'

/** Removes a plan that no tenant has. Tenants that are gone for good forget theirs. */
export const removePlan = defineVerb({
  action: 'plan.remove',
  permission: 'quota.write',
  input: removePlanInput,
  async run({ tx, audit }, { planId }) {
    const before = await lockPlan(tx, planId)
    const [used] = await tx
      .select({ tenants: count() })
      .from(tenant)
      .where(and(eq(tenant.planId, planId), notInArray(tenant.state, ['discarded', 'purged'])))
    if (used?.tenants) {
      throw new TenantryError('plan_in_use', `${used.tenants} tenants have the plan ${before.name}.`, {
        action: 'Give them another plan first.',
      })
    }
    await tx.update(tenant).set({ planId: null }).where(eq(tenant.planId, planId))
    await tx.delete(plan).where(eq(plan.id, planId))
    audit({
      target: { kind: 'plan', id: planId },
      before: { name: before.name, description: before.description },
    })
    return { planId }
  },
})
