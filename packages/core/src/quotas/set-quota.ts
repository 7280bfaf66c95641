import { setQuotaInput, TenantryError } from '@tenantry/contracts'
import { quota, tenant } from '@tenantry/db/schema'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'

/** Sets the fleet's default limit of a resource, or one tenant's override of it. */
export const setQuota = defineVerb({
  action: 'quota.set',
  permission: 'quota.write',
  input: setQuotaInput,
  async run({ tx, actor, audit }, { tenantId, resource, limit }) {
    if (tenantId) {
      const [found] = await tx.select({ id: tenant.id }).from(tenant).where(eq(tenant.id, tenantId))
      if (!found) {
        throw new TenantryError('not_found', `There is no tenant ${tenantId}.`, {
          action: 'Go back to the list.',
        })
      }
    }
    const which = and(
      eq(quota.resource, resource),
      tenantId ? eq(quota.tenantId, tenantId) : isNull(quota.tenantId),
    )
    // One after the other, also for a limit that nobody has set yet.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtext(${`tenantry.quota.${tenantId ?? 'fleet'}.${resource}`}))`,
    )
    const [before] = await tx.delete(quota).where(which).returning()
    if (limit !== null) {
      await tx.insert(quota).values({ tenantId: tenantId ?? null, resource, limit, setBy: actor.userId })
    }
    audit({
      ...(tenantId
        ? { tenantId, target: { kind: 'tenant', id: tenantId } }
        : { target: { kind: 'fleet', id: 'fleet' } }),
      before: { resource, limit: before?.limit ?? null },
      after: { resource, limit },
    })
    return { resource, limit }
  },
})
