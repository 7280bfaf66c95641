import { spareSchemaNameOf, TenantryError } from '@tenantry/contracts'
import { spare, tenant } from '@tenantry/db/schema'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { type Enqueued, enqueueOperation } from '../operations/enqueue-operation.ts'
import type { VerbContext } from '../run-verb.ts'
import type { FindingRecord } from './lock-finding.ts'

const ourName = /^t_[a-z][a-z0-9_]{0,58}$/

/**
 * Asks for what is left of an id on a cluster to be dropped. It becomes a spare that is left, with the fence that the
 * cluster has seen; that of a tenant which is gone stays its own.
 */
export async function dropLeftover(
  context: VerbContext,
  { tenantId, clusterId, subject, detail }: FindingRecord,
  request: { readonly idempotencyKey: string },
  input: Record<string, unknown>,
): Promise<Enqueued> {
  if (!tenantId) throw new Error('what is to be dropped has no id')
  const { tx } = context
  const schemaName = ourName.test(subject) ? subject : spareSchemaNameOf(tenantId)
  const fence = Number(detail.cluster.fence ?? 0)
  const raised = sql`greatest(fence, ${fence}::bigint)`
  const gone = await tx
    .update(tenant)
    .set({ fence: raised })
    .where(
      and(
        eq(tenant.id, tenantId),
        eq(tenant.clusterId, clusterId),
        inArray(tenant.state, ['discarded', 'purged']),
      ),
    )
    .returning({ id: tenant.id })
  if (!gone.length) {
    const left = await tx
      .insert(spare)
      .values({ id: tenantId, origin: 'orphan', state: 'left', clusterId, schemaName, fence })
      .onConflictDoUpdate({
        target: spare.id,
        set: { state: 'left', schemaName, fence: sql`greatest(${spare.fence}, ${fence}::bigint)` },
        setWhere: sql`${spare.clusterId} = ${clusterId} and ${spare.state} in ('ready', 'left', 'dropped')`,
      })
      .returning({ id: spare.id })
    if (!left.length) {
      throw new TenantryError('unlawful_transition', `${tenantId} is in use elsewhere.`, {
        action: 'Look whose it is: a tenant that was moved, or a spare that is being built.',
      })
    }
  }
  return enqueueOperation(
    context,
    {
      kind: 'spare.drop',
      idempotencyKey: request.idempotencyKey,
      clusterId,
      ...(gone.length ? { tenantId } : { spareId: tenantId }),
      // Whoever moved it by hand moved it away from its record.
      input: { ...input, schema: schemaName, recall: true },
    },
    request,
  )
}
