import { moveTenantInput, TenantryError } from '@tenantry/contracts'
import type { Database } from '@tenantry/db'
import { cluster, operation, spare, tenant } from '@tenantry/db/schema'
import { and, desc, eq, ne, notInArray } from 'drizzle-orm'
import { enqueueOperation, findRepeated } from '../operations/enqueue-operation.ts'
import { placeTenant } from '../placement/place-tenant.ts'
import { defineVerb } from '../run-verb.ts'
import { copyDeadlineSeconds } from './copy-deadline.ts'
import { lockTenant, requireLawful, type TenantRow } from './request-on-tenant.ts'

/**
 * Asks for a tenant to be brought to another cluster: id, slug, schema and credentials stay, only the address changes.
 * Closed from the first step until it is there.
 */
export const moveTenant = defineVerb({
  action: 'tenant.move',
  permission: 'tenant.move',
  input: moveTenantInput,
  async run(context, input) {
    const repeated = await findRepeated(context, input.idempotencyKey, input)
    if (repeated) return repeated
    const { tx } = context
    const row = await lockTenant(tx, input.tenantId)
    requireLawful('tenant.move', row)
    const to = await requireDestination(tx, row, input.clusterId)
    return enqueueOperation(
      context,
      {
        kind: 'tenant.move',
        idempotencyKey: input.idempotencyKey,
        clusterId: to.clusterId,
        tenantId: row.id,
        templateId: row.templateId,
        input: {
          slug: row.slug,
          templateVersion: row.templateVersion,
          from: row.clusterId,
          to: to.clusterId,
          reason: input.reason,
          placement: `Moved there: ${input.reason}`,
        },
        deadlineSeconds: copyDeadlineSeconds,
      },
      input,
    )
  },
})

/** The cluster that a tenant can be moved to. @throws TenantryError which says why not there */
export async function requireDestination(
  tx: Database,
  row: TenantRow,
  clusterId: string,
): Promise<Destination> {
  const to = await placeTenant(tx, { labels: row.labels, clusterId })
  if (to.clusterId === row.clusterId) {
    throw new TenantryError('invalid_input', `${row.slug} is on ${to.name} already.`, {
      field: 'clusterId',
      action: 'Choose another cluster.',
    })
  }
  await requireNothingLeft(tx, row)
  await refuseTakenSchema(tx, row, to)
  return to
}

interface Destination {
  readonly clusterId: string
  readonly name: string
}

/** What it left behind when it was moved before must be gone first: a tenant has one such remnant at most. */
async function requireNothingLeft(tx: Database, row: TenantRow): Promise<void> {
  const [left] = await tx
    .select({ cluster: cluster.name })
    .from(spare)
    .innerJoin(cluster, eq(cluster.id, spare.clusterId))
    .where(and(eq(spare.id, row.id), notInArray(spare.state, ['taken', 'dropped'])))
  if (!left) return
  const [drop] = await tx
    .select({ id: operation.id, finishedAt: operation.finishedAt })
    .from(operation)
    .where(and(eq(operation.spareId, row.id), eq(operation.kind, 'spare.drop')))
    .orderBy(desc(operation.createdAt))
    .limit(1)
  throw new TenantryError(
    'tenant_busy',
    `What ${row.slug} left on ${left.cluster} when it was moved away has not been dropped yet.`,
    {
      field: 'clusterId',
      action: drop?.finishedAt
        ? 'Mend what the error of its last drop names: the next try follows by itself.'
        : 'Wait until its drop has ended, then try again.',
      ...(drop ? { operationId: drop.id } : {}),
    },
  )
}

async function refuseTakenSchema(tx: Database, row: TenantRow, to: Destination): Promise<void> {
  const [holder] = await tx
    .select({ slug: tenant.slug })
    .from(tenant)
    .where(
      and(
        ne(tenant.id, row.id),
        eq(tenant.clusterId, to.clusterId),
        eq(tenant.schemaName, row.schemaName),
        notInArray(tenant.state, ['discarded', 'purged']),
      ),
    )
  if (!holder) return
  throw new TenantryError('slug_taken', `On ${to.name} the schema ${row.schemaName} is ${holder.slug}’s.`, {
    field: 'clusterId',
    action: 'Choose another cluster, or rename one of the two.',
  })
}
