import { assignPlanInput, TenantryError } from '@tenantry/contracts'
import { tenant } from '@tenantry/db/schema'
import { and, asc, inArray, notInArray, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockPlan } from './lock-plan.ts'

/** Gives tenants a plan, all of them or none. */
export const assignPlan = defineVerb({
  action: 'plan.assign',
  permission: 'quota.write',
  input: assignPlanInput,
  async run({ tx, audit }, { planId, tenantIds }) {
    const plan = planId ? await lockPlan(tx, planId) : undefined
    const found = await tx
      .select({ id: tenant.id, planId: tenant.planId })
      .from(tenant)
      .where(and(inArray(tenant.id, tenantIds), notInArray(tenant.state, ['discarded', 'purged'])))
      .orderBy(asc(tenant.id))
      .for('update')
    const missing = tenantIds.find((id) => !found.some((row) => row.id === id))
    if (missing) {
      throw new TenantryError('not_found', `There is no tenant ${missing}, or it is gone for good.`, {
        field: 'tenantIds',
        action: 'Leave it out.',
      })
    }
    const changed = found.filter((row) => row.planId !== planId)
    await tx
      .update(tenant)
      .set({ planId, updatedAt: sql`clock_timestamp()` })
      .where(
        inArray(
          tenant.id,
          changed.map(({ id }) => id),
        ),
      )
    for (const { id, planId: before } of changed) {
      audit({
        tenantId: id,
        target: { kind: 'tenant', id },
        before: { planId: before },
        after: { planId, ...(plan ? { plan: plan.name } : {}) },
      })
    }
    return { planId, tenants: changed.length }
  },
})
