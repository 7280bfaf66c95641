import { provisionTenantInput, schemaNameOf } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { tenant } from '@tenantry/db/schema'
import { enqueueOperation, findRepeated } from '../operations/enqueue-operation.ts'
import { placeTenant } from '../placement/place-tenant.ts'
import { keepsPool, takeSpare } from '../pool/take-spare.ts'
import { defineVerb } from '../run-verb.ts'
import { readyVersion } from './ready-version.ts'

/**
 * Registers a tenant and asks for its schema: where placement puts it, one of the warm pool if one of the template's
 * newest ready version waits there, else one that is built from that version.
 */
export const provisionTenant = defineVerb({
  action: 'tenant.provision',
  permission: 'tenant.provision',
  input: provisionTenantInput,
  async run(context, input) {
    const repeated = await findRepeated(context, input.idempotencyKey, input)
    if (repeated) return repeated

    const { tx, actor } = context
    const version = await readyVersion(tx, input.templateId)
    const placement = await placeTenant(tx, { labels: input.labels, clusterId: input.clusterId })
    const place = { templateId: input.templateId, version, clusterId: placement.clusterId }
    const taken = input.fromPool ? await takeSpare(tx, place) : undefined
    const id = taken?.id ?? newId('tn')
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
      ...(taken ? { fingerprint: taken.fingerprint, fence: taken.fence } : {}),
    })
    return enqueueOperation(
      context,
      {
        kind: taken ? 'tenant.claim' : 'tenant.provision',
        idempotencyKey: input.idempotencyKey,
        clusterId: placement.clusterId,
        tenantId: id,
        templateId: input.templateId,
        input: {
          slug: input.slug,
          templateId: input.templateId,
          templateVersion: version,
          placement: placement.reason,
          ...(taken ? { pooled: true, spareSchema: taken.schemaName } : {}),
          // Says that there was to be one: the pool's hit ratio counts it.
          ...(input.fromPool && !taken && (await keepsPool(tx, place)) ? { pooled: false } : {}),
        },
        onFailure: input.onFailure,
      },
      input,
    )
  },
})
