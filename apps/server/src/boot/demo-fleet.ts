import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  awaitOperation,
  type CoreContext,
  provisionTenant,
  publishTemplate,
  runVerb,
  systemActor,
} from '@tenantry/core'

const folder = fileURLToPath(new URL('../../../../examples/university/', import.meta.url))

interface Institution {
  slug: string
  name: string
  labels: Record<string, string>
}

/**
 * Publishes the university template and provisions the invented institutions of the demo fleet: the same verbs, queue
 * and steps as for anybody else. Idempotency keys make a repeat a look, so a restart goes on where it stopped.
 * @param signal ends the wait for the template's build
 */
export async function fillDemoFleet(core: CoreContext, signal: AbortSignal): Promise<void> {
  const { slug, name, description, seed } = JSON.parse(readFileSync(`${folder}template.json`, 'utf8'))
  const migrations = readdirSync(`${folder}migrations`)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      version: Number.parseInt(file, 10),
      name: file.replace(/^\d+_|\.sql$/g, ''),
      sql: readFileSync(`${folder}migrations/${file}`, 'utf8'),
    }))
  const published = await runVerb(core, systemActor, publishTemplate, {
    idempotencyKey: `demo-template-${slug}`,
    slug,
    name,
    description,
    migrations,
    seed: readFileSync(`${folder}${seed}`, 'utf8'),
  })
  const { templateId } = published
  if (!templateId || (await awaitOperation(core, published.operationId, signal)) !== 'succeeded') return
  const institutions: Institution[] = JSON.parse(readFileSync(`${folder}institutions.json`, 'utf8'))
  for (const institution of institutions) {
    await runVerb(core, systemActor, provisionTenant, {
      idempotencyKey: `demo-tenant-${institution.slug}`,
      slug: institution.slug,
      displayName: institution.name,
      templateId,
      labels: institution.labels,
      notes: '',
    })
  }
}
