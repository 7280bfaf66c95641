import { provisionTenantInput, schemaNameOf, TenantryError } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { template, templateVersion, tenant } from '@tenantry/db/schema'
import { and, desc, eq } from 'drizzle-orm'
import { enqueueOperation, findRepeated } from '../operations/enqueue-operation.ts'
import { placeTenant } from '../placement/place-tenant.ts'
import { defineVerb } from '../run-verb.ts'

/** Registers a tenant and asks for its schema to be built from the template's newest ready version. */
export const provisionTenant = defineVerb({
  action: 'tenant.provision',
  permission: 'tenant.provision',
  input: provisionTenantInput,
  async run(context, input) {
    const repeated = await findRepeated(context, input.idempotencyKey, input)
    if (repeated) return repeated

    const { tx, actor } = context
    const version = await newestReadyVersion(tx, input.templateId)
    const placement = await placeTenant(tx, { labels: input.labels, clusterId: input.clusterId })
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

async function newestReadyVersion(tx: Database, templateId: string): Promise<number> {
  const [found] = await tx.select({ name: template.name }).from(template).where(eq(template.id, templateId))
  if (!found) {
    throw new TenantryError('not_found', `There is no template ${templateId}.`, {
      field: 'templateId',
      action: 'Choose one of the templates in the list.',
    })
  }
  const [ready] = await tx
    .select({ version: templateVersion.version })
    .from(templateVersion)
    .where(and(eq(templateVersion.templateId, templateId), eq(templateVersion.state, 'ready')))
    .orderBy(desc(templateVersion.version))
    .limit(1)
  if (!ready) {
    throw new TenantryError('template_not_ready', `Template ${found.name} has no version that is ready.`, {
      field: 'templateId',
      action: 'Wait until its build has ended, or read in its operation why it failed.',
    })
  }
  return ready.version
}
