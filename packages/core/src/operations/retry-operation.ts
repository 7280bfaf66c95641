import {
  idempotencyKey,
  isTenantAction,
  type OperationKind,
  operationId,
  TenantryError,
} from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { operation, templateVersion, tenant } from '@tenantry/db/schema'
import { and, eq, gt } from 'drizzle-orm'
import { z } from 'zod'
import { defineVerb } from '../run-verb.ts'
import { lockTenant, requireLawful } from '../tenants/request-on-tenant.ts'
import { enqueueOperation, findRepeated } from './enqueue-operation.ts'

/** Does a failed or cancelled operation again, as a new operation that names the old one. */
export const retryOperation = defineVerb({
  action: 'operation.retry',
  permission: 'operation.retry',
  input: z.object({ idempotencyKey, operationId }),
  async run(context, input) {
    const repeated = await findRepeated(context, input.idempotencyKey, input)
    if (repeated) return repeated
    const { tx, audit } = context
    const [old] = await tx.select().from(operation).where(eq(operation.id, input.operationId)).for('update')
    if (!old) {
      throw new TenantryError('not_found', `There is no operation ${input.operationId}.`, {
        action: 'Go back to the list.',
      })
    }
    if (old.state !== 'failed' && old.state !== 'cancelled') {
      throw new TenantryError(
        'unlawful_transition',
        `This operation is ${old.state}; only failed and cancelled ones are retried.`,
        {
          action: old.state === 'succeeded' ? 'Nothing to do.' : 'Wait until it has ended.',
        },
      )
    }
    const kind = await kindOfRetry(tx, old)
    if (old.tenantId && isTenantAction(old.kind)) {
      requireLawful(old.kind, await lockTenant(tx, old.tenantId))
    }
    if ((old.kind === 'tenant.provision' || old.kind === 'tenant.claim') && old.tenantId) {
      if (old.error?.undone === false) {
        throw new TenantryError('unlawful_transition', 'Its last attempt left something on the cluster.', {
          action: 'Discard the tenant, which sweeps the cluster, then create it again.',
        })
      }
      await tx
        .update(tenant)
        .set({ state: 'provisioning', updatedAt: new Date() })
        .where(eq(tenant.id, old.tenantId))
    }
    if (old.kind === 'template.build' && old.templateId) {
      const rebuilt = await tx
        .update(templateVersion)
        .set({ state: 'building', error: null })
        .where(
          and(
            eq(templateVersion.templateId, old.templateId),
            eq(templateVersion.version, Number(old.input.version)),
            eq(templateVersion.state, 'failed'),
          ),
        )
        .returning({ version: templateVersion.version })
      if (!rebuilt.length) {
        throw new TenantryError(
          'unlawful_transition',
          'This version is ready, or is being built right now.',
          {
            action: 'Nothing to do.',
          },
        )
      }
    }
    audit({ target: { kind: 'operation', id: old.id }, ...(old.tenantId ? { tenantId: old.tenantId } : {}) })
    return enqueueOperation(
      context,
      {
        kind,
        idempotencyKey: input.idempotencyKey,
        clusterId: old.clusterId,
        ...(old.tenantId ? { tenantId: old.tenantId } : {}),
        ...(old.templateId ? { templateId: old.templateId } : {}),
        input: old.input,
        retryOf: old.id,
      },
      input,
    )
  },
})

/**
 * A claim that had begun has dropped what it claimed, so the tenant is built anew; one that was cancelled before it
 * began still has its schema. @throws TenantryError `unlawful_transition` for what the warm pool does again by itself
 */
async function kindOfRetry(tx: Database, old: typeof operation.$inferSelect): Promise<OperationKind> {
  if (old.spareId) {
    throw new TenantryError('unlawful_transition', 'The warm pool tries this again by itself.', {
      action: 'Mend what its error names; the next try follows.',
    })
  }
  if (old.kind !== 'tenant.claim' || !old.tenantId) return old.kind
  const begun = await tx.$count(
    operation,
    and(eq(operation.tenantId, old.tenantId), eq(operation.kind, old.kind), gt(operation.attempt, 0)),
  )
  return begun ? 'tenant.provision' : 'tenant.claim'
}
