import { setQuotaInput, TenantryError } from '@tenantry/contracts'
import { quota, tenant } from '@tenantry/db/schema'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockPlan } from './lock-plan.ts'

/** Sets the limit of a resource: the fleet's default, a plan's, or one tenant's own. */
export const setQuota = defineVerb({
  action: 'quota.set',
  permission: 'quota.write',
  input: setQuotaInput,
  async run({ tx, actor, audit }, { tenantId, planId, resource, limit, graceSeconds, until, reason }) {
    if (tenantId) {
      const [found] = await tx.select({ id: tenant.id }).from(tenant).where(eq(tenant.id, tenantId))
      if (!found) {
        throw new TenantryError('not_found', `There is no tenant ${tenantId}.`, {
          action: 'Go back to the list.',
        })
      }
    }
    if (planId) await lockPlan(tx, planId)
    const which = and(
      eq(quota.resource, resource),
      tenantId ? eq(quota.tenantId, tenantId) : isNull(quota.tenantId),
      planId ? eq(quota.planId, planId) : isNull(quota.planId),
    )
    if (until && new Date(until) <= new Date()) {
      throw new TenantryError('invalid_input', 'The exemption would be over already.', {
        field: 'until',
        action: 'Choose a moment that is yet to come.',
      })
    }
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
        until: until ? new Date(until) : null,
        reason: reason ?? null,
        setBy: actor.userId,
      })
    }
    audit({
      ...(tenantId
        ? { tenantId, target: { kind: 'tenant', id: tenantId } }
        : { target: planId ? { kind: 'plan', id: planId } : { kind: 'fleet', id: 'fleet' } }),
      before: { resource, limit: before?.limit ?? null, graceSeconds: before?.graceSeconds ?? 0 },
      after: { resource, limit, graceSeconds, ...(until ? { until } : {}), ...(reason ? { reason } : {}) },
    })
    return { resource, limit }
  },
})
