import { createHash } from 'node:crypto'
import { type MigrationSource, publishTemplateInput, TenantryError } from '@tenantry/contracts'
import { type Database, newId } from '@tenantry/db'
import { cluster, migration, template, templateVersion } from '@tenantry/db/schema'
import { and, asc, eq, gt, max } from 'drizzle-orm'
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
    const ready = await newestReady(tx, id)
    if (ready >= last.version) {
      throw new TenantryError('version_conflict', `Version ${ready} of ${input.slug} is already published.`, {
        action: 'Add a migration to publish a new version.',
      })
    }
    const [building] = await tx
      .select({ version: templateVersion.version })
      .from(templateVersion)
      .where(and(eq(templateVersion.templateId, id), eq(templateVersion.state, 'building')))
    if (building) {
      throw new TenantryError(
        'version_conflict',
        `Version ${building.version} of ${input.slug} is being built.`,
        {
          action: 'Wait until its build has ended, then publish.',
        },
      )
    }
    await keepHistory(tx, id, ready, input.migrations)
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

/** The newest version that tenants may have been built from; 0 when there is none. */
async function newestReady(tx: Database, templateId: string): Promise<number> {
  const [row] = await tx
    .select({ version: max(templateVersion.version) })
    .from(templateVersion)
    .where(and(eq(templateVersion.templateId, templateId), eq(templateVersion.state, 'ready')))
  return row?.version ?? 0
}

/**
 * Writes the history down. What a ready version stands on stays as it is; what came after it and failed to build gives
 * way to the mended text.
 * @throws TenantryError `migration_refused`
 */
async function keepHistory(
  tx: Database,
  templateId: string,
  ready: number,
  history: readonly MigrationSource[],
): Promise<void> {
  const published = await tx.select().from(migration).where(eq(migration.templateId, templateId))
  const fixed = published.filter((row) => row.version <= ready)
  for (const row of fixed) {
    if (checksumOf(history.find((entry) => entry.version === row.version)?.sql) === row.checksum) continue
    throw new TenantryError(
      'migration_refused',
      `Migration ${row.version} (${row.name}) is already published with another text.`,
      { field: 'migrations', action: 'Send published migrations as they are and add new ones after them.' },
    )
  }
  const added = history.filter((entry) => !fixed.some((row) => row.version === entry.version))
  const early = added.find((entry) => entry.version < ready)
  if (early) {
    throw new TenantryError(
      'migration_refused',
      `Migration ${early.version} (${early.name}) would come before version ${ready}, which is in use.`,
      { field: 'migrations', action: `Number it ${ready + 1} or higher.` },
    )
  }
  await tx
    .delete(templateVersion)
    .where(and(eq(templateVersion.templateId, templateId), gt(templateVersion.version, ready)))
  await tx.delete(migration).where(and(eq(migration.templateId, templateId), gt(migration.version, ready)))
  for (const { version, name, sql } of added) {
    await tx.insert(migration).values({ templateId, version, name, sql, checksum: checksumOf(sql) })
  }
}

function checksumOf(sql = ''): string {
  return createHash('sha256').update(sql).digest('hex')
}
