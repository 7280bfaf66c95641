import { foundingKinds, type OperationError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { spare, templateVersion, tenant } from '@tenantry/db/schema'
import { and, eq } from 'drizzle-orm'
import type { OperationRow } from './lock-operation.ts'

/**
 * What the registry says after an operation that did not succeed, whether it failed or was cancelled, and whether a
 * worker had begun or not. Operations on living tenants leave them as they were: there is nothing to say.
 * @param error null when no worker had begun
 */
export async function recordGivenUp(
  tx: Database,
  { kind, tenantId, templateId, spareId, input }: OperationRow,
  error: OperationError | null,
): Promise<void> {
  if (tenantId && foundingKinds.includes(kind)) {
    // A claim that has begun drops what it claimed; one that has not still has its schema.
    const dropped = kind === 'tenant.claim' && error ? { fingerprint: null } : {}
    await tx
      .update(tenant)
      .set({ state: 'failed', updatedAt: new Date(), ...dropped })
      .where(eq(tenant.id, tenantId))
  }
  if (templateId && kind === 'template.build') {
    await tx
      .update(templateVersion)
      .set({ state: 'failed', error })
      .where(
        and(eq(templateVersion.templateId, templateId), eq(templateVersion.version, Number(input.version))),
      )
  }
  // Whatever of it could not be taken back is dropped with it.
  if (spareId && kind === 'spare.build') {
    await tx.update(spare).set({ state: 'left' }).where(eq(spare.id, spareId))
  }
}
