import { createHash } from 'node:crypto'
import { publishTemplateInput, TenantryError } from '@tenantry/contracts'
import { newId } from '@tenantry/db'
import { cluster, migration, template, templateVersion } from '@tenantry/db/schema'
import { and, asc, eq } from 'drizzle-orm'
import { enqueueOperation, findRepeated } from '../operations/enqueue-operation.ts'
import { defineVerb } from '../run-verb.ts'

/** Publishes a template's history up to its last migration and asks for the snapshot of that version to be built. */
export const publishTemplate = defineVerb({
  action: 'template.publish',
  permission: 'template.publish',
  input: publishTemplateInput,
  async run(context, input) {
    const repeated = await findRepeated(context, input.idempotencyKey, input)
    if (repeated) return repeated
    const { tx, audit } = context
    const last = input.migrations.at(-1)
    if (!last) throw new TenantryError('invalid_input', 'A template needs at least one migration.')

    const [kept] = await tx.select().from(template).where(eq(template.slug, input.slug)).for('update')
    const id = kept?.id ?? newId('tp')
    if (!kept) {
      await tx
        .insert(template)
        .values({ id, slug: input.slug, name: input.name, description: input.description })
    }
    const published = await tx.select().from(migration).where(eq(migration.templateId, id))
    for (const entry of input.migrations) {
      const checksum = createHash('sha256').update(entry.sql).digest('hex')
      const before = published.find((row) => row.version === entry.version)
      if (before && before.checksum !== checksum) {
        throw new TenantryError(
          'migration_refused',
          `Migration ${entry.version} (${before.name}) is already published with another text.`,
          { field: 'migrations', action: 'Leave published migrations as they are and add a new one.' },
        )
      }
      if (!before) {
        await tx
          .insert(migration)
          .values({ templateId: id, version: entry.version, name: entry.name, sql: entry.sql, checksum })
      }
    }
    const existing = await tx
      .select({ state: templateVersion.state })
      .from(templateVersion)
      .where(and(eq(templateVersion.templateId, id), eq(templateVersion.version, last.version)))
    if (existing.length) {
      throw new TenantryError(
        'version_conflict',
        `Version ${last.version} of ${input.slug} is already published.`,
        {
          action: 'Add a migration to publish a new version.',
        },
      )
    }
    await tx.insert(templateVersion).values({ templateId: id, version: last.version, seed: input.seed })
    const [builder] = await tx
      .select({ id: cluster.id })
      .from(cluster)
      .where(eq(cluster.state, 'active'))
      .orderBy(asc(cluster.createdAt))
      .limit(1)
    if (!builder) {
      throw new TenantryError('no_cluster', 'There is no active cluster to build the template on.', {
        action: 'Add a cluster, or lift a cordon.',
      })
    }
    audit({
      target: { kind: 'template', id },
      after: { slug: input.slug, version: last.version, migrations: input.migrations.length },
    })
    return enqueueOperation(
      context,
      {
        kind: 'template.build',
        idempotencyKey: input.idempotencyKey,
        clusterId: builder.id,
        templateId: id,
        input: { slug: input.slug, version: last.version },
      },
      input,
    )
  },
})
