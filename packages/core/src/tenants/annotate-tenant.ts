import { annotateTenantInput, TenantryError } from '@tenantry/contracts'
import { tenant } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'

/** Changes a tenant's display name, labels or notes; refused when somebody else changed the tenant meanwhile. */
export const annotateTenant = defineVerb({
  action: 'tenant.annotate',
  permission: 'tenant.annotate',
  input: annotateTenantInput,
  async run({ tx, audit }, { tenantId, ifVersion, ...wanted }) {
    const [before] = await tx.select().from(tenant).where(eq(tenant.id, tenantId)).for('update')
    if (!before) {
      throw new TenantryError('not_found', `There is no tenant ${tenantId}.`, {
        action: 'Go back to the list.',
      })
    }
    if (before.rowVersion !== ifVersion) {
      throw new TenantryError(
        'version_conflict',
        `${before.slug} was changed by somebody else since you opened it.`,
        {
          action: 'Look at the new values, then make your change again.',
          current: { displayName: before.displayName, labels: before.labels, notes: before.notes },
          rowVersion: before.rowVersion,
        },
      )
    }
    const change = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
    const [after] = await tx
      .update(tenant)
      .set({ ...change, updatedAt: new Date() })
      .where(eq(tenant.id, tenantId))
      .returning()
    if (!after) throw new Error(`tenant ${tenantId} vanished under its lock`)
    const pick = (row: typeof before) =>
      Object.fromEntries(Object.keys(change).map((key) => [key, row[key as keyof typeof row]]))
    audit({ tenantId, target: { kind: 'tenant', id: tenantId }, before: pick(before), after: pick(after) })
    return {
      id: after.id,
      displayName: after.displayName,
      labels: after.labels,
      notes: after.notes,
      rowVersion: after.rowVersion,
    }
  },
})
