import { newId } from '@tenantry/db'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCacheMetrics } from '../cache/cache-metrics.ts'
import { createServiceCache } from '../cache/service-cache.ts'
import type { CoreContext } from '../core-context.ts'
import { runVerb } from '../run-verb.ts'
import { publishTemplate } from '../templates/publish-template.ts'
import { provisionTenant } from '../tenants/provision-tenant.ts'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
import { claimOperation } from './claim-operation.ts'

let test: TestCore
let core: CoreContext
const registry = new Registry()
beforeAll(async () => {
  test = await createTestCore()
  core = { ...test.core, cache: createServiceCache({ metrics: createCacheMetrics(registry) }) }
})
afterAll(() => test.close())

const asked = async () => {
  const values = (await registry.getSingleMetric('tenantry_cache_requests_total')?.get())?.values ?? []
  return Object.fromEntries(values.map(({ labels, value }) => [labels.result, value]))
}
async function claimNew(templateId = test.ids.template) {
  const slug = newId('tn').replace('_', '-')
  const request = {
    idempotencyKey: slug,
    slug,
    displayName: slug,
    templateId,
    labels: {},
    notes: '',
    fromPool: false,
  }
  const { operationId } = await runVerb(core, test.ana, provisionTenant, request)
  return claimOperation(core, operationId, 'w1', 10_000)
}

it('a claim brings the template version that the tenant was asked for, read once a process', async () => {
  const first = await claimNew()
  const second = await claimNew()
  expect(first?.templateVersion).toMatchObject({ version: 1, state: 'ready', fingerprint: 'f' })
  expect(second?.templateVersion).toEqual(first?.templateVersion)
  expect(await asked()).toEqual({ miss: 1, hit: 1 })
})

it('a claim without a cache brings the same', async () => {
  const kept = await claimNew()
  const { cache: _, ...without } = core
  core = without
  expect((await claimNew())?.templateVersion).toEqual(kept?.templateVersion)
})

it('a version that is still to be built is not kept: it will change', async () => {
  core = { ...test.core, cache: createServiceCache({ metrics: createCacheMetrics(new Registry()) }) }
  const { operationId } = await runVerb(core, test.ana, publishTemplate, {
    idempotencyKey: 'publish-planned',
    slug: 'planned',
    name: 'Planned',
    description: '',
    migrations: [{ version: 1, name: 'first', sql: 'select 1' }],
    seed: '',
  })
  // A lease of no length is over at once: the next claim may follow.
  const claim = async () => (await claimOperation(core, operationId, 'w1', 0))?.templateVersion
  expect((await claim())?.seed).toBe('')
  await test.control.pool.query(
    `update control.template_version set seed = 'changed' where state = 'building'`,
  )
  expect((await claim())?.seed).toBe('changed')
})
