import { cloneTenantInput, schemaNameOf } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { tenant } from '@tenantry/db/schema'
import { enqueueOperation, findRepeated } from '../operations/enqueue-operation.ts'
import { placeTenant } from '../placement/place-tenant.ts'
import { defineVerb } from '../run-verb.ts'
import { copyDeadlineSeconds } from './copy-deadline.ts'
import { lockTenant, requireLawful } from './request-on-tenant.ts'

/** Registers a tenant and asks for its schema to be made as another tenant's is, with its rows or without. */
export const cloneTenant = defineVerb({
  action: 'tenant.clone',
  permission: 'tenant.clone',
  input: cloneTenantInput,
  async run(context, input) {
    const repeated = await findRepeated(context, input.idempotencyKey, input)
    if (repeated) return repeated

    const { tx, actor } = context
    const source = await lockTenant(tx, input.sourceId)
    requireLawful('tenant.clone', source)
    const placement = await placeTenant(tx, {
      labels: input.labels ?? source.labels,
      clusterId: input.clusterId,
    })
    const { templateId, templateVersion } = source
    const id = newId('tn')
    await tx.insert(tenant).values({
      id,
      slug: input.slug,
      displayName: input.displayName,
      labels: input.labels ?? source.labels,
      notes: input.notes ?? source.notes,
      clusterId: placement.clusterId,
      placementReason: placement.reason,
      schemaName: schemaNameOf(input.slug),
      templateId,
      templateVersion,
      ownerId: actor.userId,
    })
    return enqueueOperation(
      context,
      {
        kind: 'tenant.clone',
        idempotencyKey: input.idempotencyKey,
        clusterId: placement.clusterId,
        tenantId: id,
        sourceId: source.id,
        templateId,
        input: {
          slug: input.slug,
          sourceId: source.id,
          sourceSlug: source.slug,
          templateVersion,
          withData: input.withData,
          placement: placement.reason,
        },
        ...(input.withData ? { deadlineSeconds: copyDeadlineSeconds } : {}),
      },
      input,
    )
  },
})
