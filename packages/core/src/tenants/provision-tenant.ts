import { provisionTenantInput, schemaNameOf } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { tenant } from '@tenantry/db/schema'
import { enqueueOperation, findRepeated } from '../operations/enqueue-operation.ts'
import { defineVerb } from '../run-verb.ts'
import { choosePlacement, placementCandidates } from './place-tenant.ts'
import { readyVersion } from './ready-version.ts'

/** Registers a tenant and asks for its schema to be built from the template's newest ready version. */
export const provisionTenant = defineVerb({
  action: 'tenant.provision',
  permission: 'tenant.provision',
  input: provisionTenantInput,
  async run(context, input) {
    const repeated = await findRepeated(context, input.idempotencyKey, input)
    if (repeated) return repeated

    const { tx, actor } = context
    const version = await readyVersion(tx, input.templateId)
    const placement = choosePlacement(await placementCandidates(tx), input.clusterId)
    const id = newId('tn')
    await tx.insert(tenant).values({
      id,
      slug: input.slug,
      displayName: input.displayName,
      labels: input.labels,
      notes: input.notes,
      clusterId: placement.clusterId,
      placementReason: placement.reason,
      schemaName: schemaNameOf(input.slug),
      templateId: input.templateId,
      templateVersion: version,
      ownerId: actor.userId,
    })
    return enqueueOperation(
      context,
      {
        kind: 'tenant.provision',
        idempotencyKey: input.idempotencyKey,
        clusterId: placement.clusterId,
        tenantId: id,
        templateId: input.templateId,
        input: {
          slug: input.slug,
          templateId: input.templateId,
          templateVersion: version,
          placement: placement.reason,
        },
      },
      input,
    )
  },
})
