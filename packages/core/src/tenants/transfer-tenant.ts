import { TenantryError, transferTenantInput } from '@tenantry/contracts'
import { tenant, user } from '@tenantry/db/schema'
import { and, eq, isNull } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { lockTenant, requireLawful } from './request-on-tenant.ts'

/** Gives a tenant to another member. */
export const transferTenant = defineVerb({
  action: 'tenant.transfer',
  permission: 'tenant.transfer',
  input: transferTenantInput,
  async run({ tx, audit }, { tenantId, ownerId }) {
    const row = await lockTenant(tx, tenantId)
    requireLawful('tenant.transfer', row)
    const [owner] = await tx
      .select({ name: user.name })
      .from(user)
      .where(and(eq(user.id, ownerId), isNull(user.disabledAt)))
    if (!owner) {
      throw new TenantryError('not_found', `There is no member ${ownerId}, or they are disabled.`, {
        field: 'ownerId',
        action: 'Choose one of the members in the list.',
      })
    }
    await tx.update(tenant).set({ ownerId, updatedAt: new Date() }).where(eq(tenant.id, tenantId))
    audit({
      tenantId,
      target: { kind: 'tenant', id: tenantId },
      before: { ownerId: row.ownerId },
      after: { ownerId },
    })
    return { tenantId, ownerId }
  },
})
