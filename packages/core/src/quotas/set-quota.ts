import { setQuotaInput, TenantryError } from '@tenantry/contracts'
import { plan, quota, tenant } from '@tenantry/db/schema'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'

/** Sets the limit of a resource: the fleet's default, a plan's, or one tenant's own. */
export const setQuota = defineVerb({
  action: 'quota.set',
  permission: 'quota.write',
  input: setQuotaInput,
  async run({ tx, actor, audit }, { tenantId, planId, resource, limit, graceSeconds }) {
    if (tenantId) {
      const [found] = await tx.select({ id: tenant.id }).from(tenant).where(eq(tenant.id, tenantId))
      if (!found) {
        throw new TenantryError('not_found', `There is no tenant ${tenantId}.`, {
          action: 'Go back to the list.',
        })
      }
    }
    if (planId) {
      const [found] = await tx.select({ id: plan.id }).from(plan).where(eq(plan.id, planId))
      if (!found) {
        throw new TenantryError('not_found', `There is no plan ${planId}.`, {
          action: 'Go back to the list.',
        })
      }
    }
    const which = and(
      eq(quota.resource, resource),
      tenantId ? eq(quota.tenantId, tenantId) : isNull(quota.tenantId),
      planId ? eq(quota.planId, planId) : isNull(quota.planId),
    )
    // One after the other, also for a limit that nobody has set yet.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtext(${`tenantry.quota.${tenantId ?? planId ?? 'fleet'}.${resource}`}))`,
    )
    const [before] = await tx.delete(quota).where(which).returning()
    if (limit !== null) {
      await tx.insert(quota).values({
        tenantId: tenantId ?? null,
        planId: planId ?? null,
        resource,
        limit,
        graceSeconds,
        setBy: actor.userId,
      })
    }
    audit({
      ...(tenantId
        ? { tenantId, target: { kind: 'tenant', id: tenantId } }
        : { target: planId ? { kind: 'plan', id: planId } : { kind: 'fleet', id: 'fleet' } }),
      before: { resource, limit: before?.limit ?? null, graceSeconds: before?.graceSeconds ?? 0 },
      after: { resource, limit, graceSeconds },
    })
    return { resource, limit }
  },
})
