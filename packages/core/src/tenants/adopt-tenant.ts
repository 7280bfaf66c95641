import {
  adoptTenantInput,
  schemaNameOf,
  slugOfSchema,
  slug as slugRule,
  TenantryError,
} from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { cluster, tenant } from '@tenantry/db/schema'
import { eq } from 'drizzle-orm'
import { enqueueOperation, findRepeated } from '../operations/enqueue-operation.ts'
import { defineVerb } from '../run-verb.ts'
import { readyVersion } from './ready-version.ts'

/**
 * Registers a tenant for a schema that somebody made by hand, and asks for it to be fitted. Whether it can be is looked at
 * on its cluster by the operation, which takes everything back otherwise.
 */
export const adoptTenant = defineVerb({
  action: 'tenant.adopt',
  permission: 'tenant.adopt',
  severe: () => true,
  input: adoptTenantInput,
  async run(context, input) {
    const repeated = await findRepeated(context, input.idempotencyKey, input)
    if (repeated) return repeated

    const { tx, actor } = context
    if (input.confirmSchema !== input.schema) {
      throw new TenantryError('invalid_input', `“${input.confirmSchema}” is not the name of this schema.`, {
        field: 'confirmSchema',
        action: `Type ${input.schema} to confirm.`,
      })
    }
    const slug = input.slug ?? slugOf(input.schema)
    const [where] = await tx.select().from(cluster).where(eq(cluster.id, input.clusterId))
    if (!where || where.state === 'detached') {
      throw new TenantryError('not_found', `There is no cluster ${input.clusterId}.`, {
        field: 'clusterId',
        action: 'Choose one of the clusters in the list.',
      })
    }
    const version = await readyVersion(tx, input.templateId, input.templateVersion)
    const id = newId('tn')
    const placement = `Adopted where it was: schema ${input.schema} of ${where.name}.`
    await tx.insert(tenant).values({
      id,
      slug,
      displayName: input.displayName,
      labels: input.labels,
      notes: input.notes,
      clusterId: where.id,
      placementReason: placement,
      schemaName: schemaNameOf(slug),
      templateId: input.templateId,
      templateVersion: version,
      ownerId: actor.userId,
    })
    const { schema, strict, keepRoles, reason, templateId } = input
    return enqueueOperation(
      context,
      {
        kind: 'tenant.adopt',
        idempotencyKey: input.idempotencyKey,
        clusterId: where.id,
        tenantId: id,
        templateId,
        input: { slug, schema, templateId, templateVersion: version, strict, keepRoles, reason, placement },
      },
      input,
    )
  },
})

/** @throws TenantryError `invalid_input` when the schema's name gives no slug */
function slugOf(schema: string): string {
  const derived = slugRule.safeParse(slugOfSchema(schema))
  if (derived.success) return derived.data
  throw new TenantryError('invalid_input', `The name ${schema} gives no slug.`, {
    field: 'slug',
    action: 'Choose a slug for the tenant.',
  })
}
