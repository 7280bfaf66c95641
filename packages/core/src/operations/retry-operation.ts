import {
  foundingKinds,
  isTenantAction,
  type OperationKind,
  retryOperationInput,
  TenantryError,
  whyNotRetry,
} from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { operation, templateVersion, tenant } from '@tenantry/db/schema'
import { and, eq, gt } from 'drizzle-orm'
import { defineVerb } from '../run-verb.ts'
import { requireDestination } from '../tenants/move-tenant.ts'
import { lockTenant, requireLawful } from '../tenants/request-on-tenant.ts'
import { enqueueOperation, findRepeated } from './enqueue-operation.ts'
import { chainOf, lockOperation, type OperationRow, refuseFor } from './lock-operation.ts'

/**
 * Does a failed or cancelled operation again, from its first step, as a new operation that names the old one. Where
 * steps have no way back, what the old one has done is found done.
 */
export const retryOperation = defineVerb({
  action: 'operation.retry',
  permission: 'operation.retry',
  input: retryOperationInput,
  async run(context, input) {
    const repeated = await findRepeated(context, input.idempotencyKey, input)
    if (repeated) return repeated
    const { tx, audit } = context
    const old = await lockOperation(tx, input.operationId)
    const [newer] = await tx
      .select({ id: operation.id })
      .from(operation)
      .where(eq(operation.retryOf, old.id))
      .limit(1)
    refuseFor(whyNotRetry({ ...old, retriedBy: newer?.id ?? null }), old)
    const kind = await kindOfRetry(tx, old)
    // A clone is done to its source: its own tenant is there only when it has succeeded.
    const done = old.kind === 'tenant.clone' ? old.sourceId : old.tenantId
    if (done && isTenantAction(old.kind)) {
      const row = await lockTenant(tx, done)
      requireLawful(old.kind, row)
      if (old.kind === 'tenant.move') await requireDestination(tx, row, old.clusterId)
    }
    if (old.tenantId && foundingKinds.includes(old.kind)) {
      await tx
        .update(tenant)
        .set({ state: 'provisioning', updatedAt: new Date() })
        .where(eq(tenant.id, old.tenantId))
    }
    if (old.kind === 'template.build') await buildAgain(tx, old)
    audit(chainOf(old))
    return enqueueOperation(
      context,
      {
        kind,
        idempotencyKey: input.idempotencyKey,
        clusterId: old.clusterId,
        ...(old.tenantId ? { tenantId: old.tenantId } : {}),
        ...(old.sourceId ? { sourceId: old.sourceId } : {}),
        ...(old.spareId ? { spareId: old.spareId } : {}),
        ...(old.templateId ? { templateId: old.templateId } : {}),
        input: old.input,
        retryOf: old.id,
        onFailure: input.onFailure ?? old.onFailure,
        deadlineSeconds: old.deadlineSeconds,
      },
      input,
    )
  },
})

async function buildAgain(tx: Database, { templateId, input }: OperationRow): Promise<void> {
  const rebuilt = await tx
    .update(templateVersion)
    .set({ state: 'building', error: null })
    .where(
      and(
        eq(templateVersion.templateId, templateId ?? ''),
        eq(templateVersion.version, Number(input.version)),
        eq(templateVersion.state, 'failed'),
      ),
    )
    .returning({ version: templateVersion.version })
  if (rebuilt.length) return
  throw new TenantryError('unlawful_transition', 'This version is ready, or is being built right now.', {
    action: 'Nothing to do.',
  })
}

/**
 * A claim that had begun has dropped what it claimed, so the tenant is built anew; one that was cancelled before it
 * began still has its schema.
 */
async function kindOfRetry(tx: Database, old: OperationRow): Promise<OperationKind> {
  if (old.kind !== 'tenant.claim' || !old.tenantId) return old.kind
  const begun = await tx.$count(
    operation,
    and(eq(operation.tenantId, old.tenantId), eq(operation.kind, old.kind), gt(operation.attempt, 0)),
  )
  return begun ? 'tenant.provision' : 'tenant.claim'
}
