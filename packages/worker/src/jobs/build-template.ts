import { recordGivenUp } from '@tenantry/core'
import { buildSnapshot, inspectMigration, TemplateError } from '@tenantry/db/cluster'
import { migration, templateVersion } from '@tenantry/db/schema'
import { and, asc, eq, lte } from 'drizzle-orm'
import type { Job, StepContext } from '../steps/step.ts'

/** Squashes a template's history to one snapshot, built and proven in a scratch database of a cluster. */
export const buildTemplateJob: Job = {
  steps: [
    {
      name: 'inspect',
      async up(context) {
        const migrations = await historyOf(context)
        let statements = 0
        for (const migration of migrations) {
          const inspected = await inspectMigration(migration.sql)
          const [first] = inspected.refusals
          if (first)
            throw new TemplateError(first.message, { migration, ...first, refusals: inspected.refusals })
          statements += inspected.statements.length
        }
        context.journal.log('info', `${migrations.length} migrations, ${statements} statements, none refused`)
        return { migrations: migrations.length, statements }
      },
    },
    {
      name: 'build',
      async up(context) {
        const { worker, claimed, journal, found } = context
        const snapshot = await buildSnapshot({
          adminUrl: worker.clusters.adminUrl(claimed.cluster),
          migrations: await historyOf(context),
        })
        Object.assign(found, { fingerprint: snapshot.fingerprint, method: snapshot.method })
        built.set(context, snapshot)
        journal.log(
          'info',
          `${snapshot.statements} statements by ${snapshot.method}, ${snapshot.relations} relations`,
        )
        return { method: snapshot.method, statements: snapshot.statements, relations: snapshot.relations }
      },
    },
  ],
  async succeeded(context, tx) {
    const snapshot = built.get(context)
    if (!snapshot) throw new Error('the build left no snapshot')
    await tx
      .update(templateVersion)
      .set({
        state: 'ready',
        snapshot: snapshot.sql,
        placeholders: snapshot.placeholders,
        method: snapshot.method,
        fingerprint: snapshot.fingerprint,
        statements: snapshot.statements,
        relations: snapshot.relations,
        error: null,
        builtAt: new Date(),
      })
      .where(thisVersion(context))
  },
  failed: ({ claimed }, tx, error) => recordGivenUp(tx, claimed.operation, error),
}

const built = new WeakMap<StepContext, Awaited<ReturnType<typeof buildSnapshot>>>()

function idOf({ claimed }: StepContext) {
  return { templateId: claimed.operation.templateId ?? '', version: Number(claimed.operation.input.version) }
}

function thisVersion(context: StepContext) {
  const { templateId, version } = idOf(context)
  return and(eq(templateVersion.templateId, templateId), eq(templateVersion.version, version))
}

function historyOf(context: StepContext) {
  const { templateId, version } = idOf(context)
  return context.worker.core.db
    .select({ version: migration.version, name: migration.name, sql: migration.sql })
    .from(migration)
    .where(and(eq(migration.templateId, templateId), lte(migration.version, version)))
    .orderBy(asc(migration.version))
}
