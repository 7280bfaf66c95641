import { operationId, TenantryError } from '@tenantry/contracts'
import { operation, spare, templateVersion, tenant } from '@tenantry/db/schema'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { defineVerb, type VerbContext } from '../run-verb.ts'

/** Stops an operation that no worker has begun. */
export const cancelOperation = defineVerb({
  action: 'operation.cancel',
  permission: 'operation.cancel',
  input: z.object({ operationId }),
  async run({ tx, audit }, input) {
    const [row] = await tx.select().from(operation).where(eq(operation.id, input.operationId)).for('update')
    if (!row) {
      throw new TenantryError('not_found', `There is no operation ${input.operationId}.`, {
        action: 'Go back to the list.',
      })
    }
    if (row.state !== 'queued') {
      throw new TenantryError(
        'unlawful_transition',
        `This operation is ${row.state}; only queued ones are cancelled.`,
        {
          action: 'Wait until it has ended.',
        },
      )
    }
    await cancelQueued({ tx, audit }, row)
    return { operationId: row.id }
  },
})

/**
 * Ends an operation that no worker has begun, with what that means for what it was to make. The caller holds its lock
 * and has seen that it is queued.
 */
export async function cancelQueued(
  { tx, audit }: Pick<VerbContext, 'tx' | 'audit'>,
  row: typeof operation.$inferSelect,
): Promise<void> {
  await tx
    .update(operation)
    .set({ state: 'cancelled', finishedAt: new Date() })
    .where(eq(operation.id, row.id))
  if ((row.kind === 'tenant.provision' || row.kind === 'tenant.claim') && row.tenantId) {
    await tx.update(tenant).set({ state: 'failed', updatedAt: new Date() }).where(eq(tenant.id, row.tenantId))
  }
  if (row.kind === 'spare.build' && row.spareId) {
    await tx.update(spare).set({ state: 'left' }).where(eq(spare.id, row.spareId))
  }
  if (row.kind === 'template.build' && row.templateId) {
    await tx
      .update(templateVersion)
      .set({ state: 'failed' })
      .where(
        and(
          eq(templateVersion.templateId, row.templateId),
          eq(templateVersion.version, Number(row.input.version)),
        ),
      )
  }
  const chain = row.tenantId ? { tenantId: row.tenantId } : {}
  audit({ action: 'operation.cancel', target: { kind: 'operation', id: row.id }, ...chain })
  audit({ action: row.kind, outcome: 'cancelled', operationId: row.id, ...chain })
}
