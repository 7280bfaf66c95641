import {
  annotateTenant,
  type CoreContext,
  changeCluster,
  createServiceCache,
  runVerb,
  systemActor,
} from '@tenantry/core'
import { newId } from '@tenantry/db'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApi, type Reply, type TestApi } from './testing/create-test-api.ts'

let api: TestApi
/** Another node on the same control database: its commands reach this one by the event log alone. */
let elsewhere: CoreContext
beforeAll(async () => {
  api = await createTestApi()
  elsewhere = { ...api.core, db: api.control.db, cache: createServiceCache() }
})
afterAll(() => api.close())

let slugs = 0
let tenantId: string
let slug: string
beforeEach(async () => {
  slug = `kept-${++slugs}`
  const input = { idempotencyKey: newId('op'), slug, displayName: 'Kept', templateId: api.templateId }
  tenantId = dataOf(await api.tell('tenants.provision', input, { as: 'operator' })).tenantId
  await settled()
})

const dataOf = (reply: Reply) => reply.body.result?.data
const get = async (headers: Record<string, string> = {}) =>
  dataOf(await api.ask('tenants.get', { id: tenantId }, { as: 'viewer', headers }))
const notes = async (headers?: Record<string, string>) => (await get(headers)).notes
const annotate = (core: CoreContext, words: string) =>
  runVerb(
    core,
    { userId: api.users.operator, name: 'operator', role: 'operator' },
    annotateTenant,
    annotateTenant.input.parse({ tenantId, notes: words, ifVersion: rowVersion }),
  )
let rowVersion = 1
beforeEach(() => {
  rowVersion = 1
})

/** How often the registry's part of the cache was asked with this result. */
async function counted(result: 'hit' | 'miss' | 'bypass', cache = 'registry'): Promise<number> {
  const values = (await api.registry.getSingleMetric('tenantry_cache_requests_total')?.get())?.values ?? []
  return values.find(({ labels }) => labels.cache === cache && labels.result === result)?.value ?? 0
}
const newest = async () =>
  (await api.control.pool.query('select coalesce(max(seq), 0)::int as seq from control.event')).rows[0].seq
/** What was said is in the log, and this node has read it: it answers who has seen the newest event from its cache. */
async function settled(): Promise<void> {
  await api.relay()
  const seen = { 'x-tenantry-seen': String(await newest()) }
  await expect
    .poll(
      async () => {
        const before = await counted('hit')
        await get(seen)
        await get(seen)
        return (await counted('hit')) > before
      },
      { timeout: 10_000, interval: 20 },
    )
    .toBe(true)
}

describe('a question that was asked before', () => {
  const questions: [string, string, string, () => object | undefined][] = [
    ['tenants.get by id', 'registry', 'tenants.get', () => ({ id: tenantId })],
    ['tenants.get by slug', 'registry', 'tenants.get', () => ({ slug })],
    ['quotas.list of a tenant', 'quota', 'quotas.list', () => ({ tenantId })],
    ['quotas.list of the fleet', 'quota', 'quotas.list', () => ({})],
    ['templates.list', 'template', 'templates.list', () => undefined],
    ['templates.get', 'template', 'templates.get', () => ({ slug: 'university' })],
  ]
  it.each(questions)(
    '%s is answered from the cache, the same to all who may ask',
    async (_, cache, path, input) => {
      const first = await api.ask(path, input(), { as: 'viewer' })
      const hits = await counted('hit', cache)
      const second = await api.ask(path, input(), { as: 'admin' })
      expect(second.body).toEqual(first.body)
      expect(first.body.result.data).toBeTruthy()
      expect(await counted('hit', cache)).toBe(hits + 1)
    },
  )
})

describe('a change', () => {
  it('by a command here is seen by the next question, before any event', async () => {
    await get()
    const reply = await api.tell(
      'tenants.annotate',
      { tenantId, notes: 'mine', ifVersion: 1 },
      { as: 'operator' },
    )
    expect(reply.status).toBe(200)
    expect(await notes()).toBe('mine')
    const bySlug = await api.ask('tenants.get', { slug }, { as: 'viewer' })
    expect(dataOf(bySlug).notes).toBe('mine')
  })

  it('by a command on another node is seen once its event has come', async () => {
    expect(await notes()).toBe('')
    await annotate(elsewhere, 'theirs')
    await settled()
    expect(await notes()).toBe('theirs')
  })

  it('of the operation at work on it is seen with its event', async () => {
    const { operation } = await get()
    expect(operation.state).toBe('queued')
    await api.control.pool.query(`select control.claim_operation($1, 'w', interval '1 minute')`, [
      operation.id,
    ])
    await settled()
    expect((await get()).operation.state).toBe('running')
  })

  it('of the fleet’s quotas is seen in those of every tenant', async () => {
    const limitOf = (quotas: { resource: string; limit: number | null }[]) =>
      quotas.find(({ resource }) => resource === 'connections')?.limit
    const ask = async () => dataOf(await api.ask('quotas.list', { tenantId }, { as: 'viewer' }))
    await Promise.all([ask(), get()])
    await api.tell('quotas.set', { resource: 'connections', limit: 40 + slugs }, { as: 'admin' })
    expect(limitOf(await ask())).toBe(40 + slugs)
    expect(limitOf((await get()).quotas)).toBe(40 + slugs)
    await api.control.pool.query(`update control.quota set "limit" = 7 where tenant_id is null`)
    await settled()
    expect(limitOf(await ask())).toBe(7)
    expect(limitOf((await get()).quotas)).toBe(7)
  })

  it('of its cluster’s name is seen with its event', async () => {
    const { clusterName } = await get()
    const change = { clusterId: api.clusterId, name: `${clusterName}-renamed` }
    const [row] = (await api.control.pool.query('select row_version from control.cluster')).rows
    await runVerb(elsewhere, systemActor, changeCluster, { ...change, ifVersion: Number(row.row_version) })
    await settled()
    expect((await get()).clusterName).toBe(change.name)
  })

  it('of who has a slug is seen by who asks for it', async () => {
    const bySlug = async () => dataOf(await api.ask('tenants.get', { slug }, { as: 'viewer' }))
    const first = await bySlug()
    await api.control.pool.query(`update control.tenant set state = 'failed' where id = $1`, [tenantId])
    await api.control.pool.query(`update control.tenant set state = 'discarded' where id = $1`, [tenantId])
    await settled()
    expect(await bySlug()).toMatchObject({ id: first.id, state: 'discarded' })
    const input = { idempotencyKey: newId('op'), slug, displayName: 'Next', templateId: api.templateId }
    const next = dataOf(await api.tell('tenants.provision', input, { as: 'operator' })).tenantId
    expect((await bySlug()).id).toBe(next)
  })

  it('of what a template has become is seen with its event', async () => {
    const states = async () => {
      const found = dataOf(await api.ask('templates.get', { slug: 'university' }, { as: 'viewer' }))
      return found.versions.map(({ state }: { state: string }) => state)
    }
    expect(await states()).toEqual(['ready'])
    await api.control.pool.query(
      `insert into control.migration (template_id, version, name, sql, checksum) values ('${api.templateId}', 2, 'n', '', '')`,
    )
    await api.control.pool.query(
      `insert into control.template_version (template_id, version) values ('${api.templateId}', 2)`,
    )
    await settled()
    expect(await states()).toEqual(['building', 'ready'])
  })
})

describe('a reader who has heard of a change', () => {
  it('is never answered from before it, also by a node that has not', async () => {
    await get()
    await annotate(elsewhere, 'news')
    await api.relay()
    // Asked at once: whether this node has read the log by now or not, the answer is the new one.
    expect(await notes({ 'x-tenantry-seen': String(await newest()) })).toBe('news')
  })

  it.each(['', '-1', 'x', '9'.repeat(40)])('may send %j as what it has seen', async (seen) => {
    expect((await get({ 'x-tenantry-seen': seen })).id).toBe(tenantId)
  })
})

describe('when the log cannot be trusted to tell', () => {
  it('because nobody puts events in order, the database is asked', async () => {
    await annotate(elsewhere, 'unheard')
    const pushBack = `update control.event_outbox set at = now() - interval '1 minute'`
    await api.control.pool.query(pushBack)
    await expect.poll(() => notes(), { timeout: 10_000 }).toBe('unheard')
    expect(await counted('bypass')).toBeGreaterThan(0)
    await settled()
  })

  it('because a part of it is gone, everything is read anew', async () => {
    await annotate(elsewhere, 'deleted')
    await api.control.pool.query('delete from control.event_outbox')
    await api.control.pool.query(`
      insert into control.event (seq, topics, kind, entity_id, version, patch)
      values ((select max(seq) + 10 from control.event), '{fleet}', 'fleet.sampled', 'fleet', 1, '{}')`)
    await api.control.pool.query(`select pg_notify('tenantry_event', '')`)
    await settled()
    expect(await notes()).toBe('deleted')
  })

  it('because the control database was away, it is asked once it is back', async () => {
    await get()
    await api.line.cut()
    await annotate(elsewhere, 'meanwhile')
    await api.relay()
    await api.line.restore()
    await expect
      .poll(async () => (await api.ask('tenants.get', { id: tenantId }, { as: 'viewer' })).status, {
        timeout: 10_000,
      })
      .toBe(200)
    await settled()
    expect(await notes()).toBe('meanwhile')
  })
})
