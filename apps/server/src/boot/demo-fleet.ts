import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  awaitOperation,
  type CoreContext,
  provisionTenant,
  publishTemplate,
  runVerb,
  setPool,
  systemActor,
  toTenantryError,
} from '@tenantry/core'
import { getTemplate, getTenant, listOperations } from '@tenantry/db/queries'

const university = fileURLToPath(new URL('../../../../examples/university/', import.meta.url))

interface Institution {
  slug: string
  name: string
  labels: Record<string, string>
}

/**
 * Publishes the university template and provisions the invented institutions of the demo fleet: the same verbs, queue
 * and steps as for anybody else. What is there already, in whatever state, stays as it is; a restart goes on where it
 * stopped.
 * @param signal ends it early
 * @param folder the example that it is filled from
 */
export async function fillDemoFleet(
  core: CoreContext,
  signal: AbortSignal,
  folder = university,
): Promise<void> {
  const templateId = await readyTemplate(core, signal, folder)
  if (!templateId) return
  const institutions: Institution[] = JSON.parse(readFileSync(`${folder}institutions.json`, 'utf8'))
  const count = { requested: 0, there: 0, refused: 0 }
  for (const { slug, name, labels } of institutions) {
    if (signal.aborted) return
    if (await getTenant(core.db, { slug })) {
      count.there++
      continue
    }
    try {
      await runVerb(core, systemActor, provisionTenant, {
        idempotencyKey: `demo-tenant-${slug}`,
        slug,
        displayName: name,
        templateId,
        labels,
        notes: '',
        fromPool: true,
      })
      count.requested++
    } catch (error) {
      const { code, message } = toTenantryError(error)
      if (code === 'control_database_unavailable') throw error
      core.log.warn({ slug, code }, `demo fleet goes on without ${name}: ${message}`)
      count.refused++
    }
  }
  if (count.requested) await keepPool(core, templateId, folder)
  core.log.info(count, 'demo fleet is filled')
}

/** Behind the institutions: who starts for the first time sees them first, and a pool that fills afterwards. */
async function keepPool(core: CoreContext, templateId: string, folder: string): Promise<void> {
  const { pool } = JSON.parse(readFileSync(`${folder}template.json`, 'utf8'))
  if (!pool) return
  await runVerb(core, systemActor, setPool, { templateId, clusterId: null, size: pool })
}

/** The template's id once a version is ready; undefined, with a word in the log, when none will be. */
async function readyTemplate(
  core: CoreContext,
  signal: AbortSignal,
  folder: string,
): Promise<string | undefined> {
  const { slug, name, description, seed } = JSON.parse(readFileSync(`${folder}template.json`, 'utf8'))
  let known = await getTemplate(core.db, { slug })
  if (!known) {
    await runVerb(core, systemActor, publishTemplate, {
      idempotencyKey: `demo-template-${slug}`,
      slug,
      name,
      description,
      migrations: readMigrations(`${folder}migrations`),
      seed: readFileSync(`${folder}${seed}`, 'utf8'),
    })
    known = await getTemplate(core.db, { slug })
  }
  if (!known || known.readyVersion) return known?.id
  const builds = await listOperations(core.db, {
    templateId: known.id,
    kinds: ['template.build'],
    limit: 1,
  })
  const build = builds.items[0]
  const outcome = build && (await awaitOperation(core, build.id, signal))
  if (signal.aborted) return undefined
  if (outcome === 'succeeded') return known.id
  core.log.warn(
    { template: slug, operation: build?.id, outcome },
    'the template of the demo fleet was not built, so there is no demo fleet; its operation says why',
  )
  return undefined
}

function readMigrations(folder: string) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      version: Number.parseInt(file, 10),
      name: file.replace(/^\d+_|\.sql$/g, ''),
      sql: readFileSync(`${folder}/${file}`, 'utf8'),
    }))
}
