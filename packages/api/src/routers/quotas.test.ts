import { judgeQuotas } from '@tenantry/core'
import { newId } from '@tenantry/db'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApi, type Reply, type TestApi } from '../testing/create-test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
beforeEach(() =>
  api.control.pool.query(
    'delete from control.quota; delete from control.quota_state; delete from control.usage',
  ),
)
afterAll(() => api.close())

const dataOf = (reply: Reply) => reply.body.result?.data
const ask = async (path: string, input?: object) => dataOf(await api.ask(path, input, { as: 'viewer' }))
const tell = async (path: string, input: object) => {
  const reply = await api.tell(path, input, { as: 'admin' })
  expect(reply.status, reply.text).toBe(200)
  return dataOf(reply)
}
const set = (limit: number | null, more: object = {}) =>
  tell('quotas.set', { resource: 'storage_bytes', limit, ...more })
const plan = async (name: string, ...limits: object[]) =>
  (await tell('quotas.setPlan', { name, limits })).planId
const judge = (bytes: number) =>
  judgeQuotas({ db: api.control.db, log: pino({ level: 'silent' }) }, async () => bytes)

let slugs = 0
/** A tenant that is there, of which this much was measured. */
async function used(bytes: number): Promise<string> {
  const { tenantId } = await tell('tenants.provision', {
    idempotencyKey: newId('op'),
    slug: `college-${++slugs}`,
    displayName: 'A college',
    templateId: api.templateId,
  })
  await api.control.pool.query(
    `update control.tenant set state = 'active', fingerprint = 'f' where id = $1`,
    [tenantId],
  )
  await api.control.pool.query('insert into control.usage (tenant_id, bytes) values ($1, $2)', [
    tenantId,
    bytes,
  ])
  return tenantId
}

describe('the limits of a tenant', () => {
  it('are its own, else its plan’s, else the fleet’s; an exemption ends', async () => {
    const tenantId = await used(1)
    const limit = async () => (await ask('quotas.list', { tenantId }))[0]
    await set(100)
    const campus = await plan('Campus', { resource: 'storage_bytes', limit: 200, graceSeconds: 60 })
    await tell('quotas.assignPlan', { planId: campus, tenantIds: [tenantId] })
    expect(await limit()).toMatchObject({ fleetLimit: 100, planLimit: 200, limit: 200, graceSeconds: 60 })
    const until = new Date(Date.now() + 60_000).toISOString()
    await set(300, { tenantId, until, reason: 'Enrolment week' })
    expect(await limit()).toMatchObject({ tenantLimit: 300, limit: 300, until, reason: 'Enrolment week' })
    await set(null, { tenantId })
    await tell('quotas.assignPlan', { planId: null, tenantIds: [tenantId] })
    expect(await limit()).toMatchObject({ planLimit: null, tenantLimit: null, limit: 100 })
  })

  it('of a plan reach every tenant that has it as soon as they are saved', async () => {
    const tenantId = await used(1)
    const planId = await plan('Faculty', { resource: 'relations', limit: 10 })
    await tell('quotas.assignPlan', { planId, tenantIds: [tenantId] })
    const relations = async () => (await ask('quotas.list', { tenantId }))[1].limit
    expect(await relations()).toBe(10)
    await tell('quotas.setPlan', {
      planId,
      ifVersion: 1,
      name: 'Faculty',
      limits: [{ resource: 'relations', limit: 20 }],
    })
    expect(await relations()).toBe(20)
    expect(await ask('quotas.plans')).toMatchObject([
      { id: null, limits: [] },
      { name: 'Campus' },
      { name: 'Faculty', tenants: 1, limits: [{ resource: 'relations', limit: 20, graceSeconds: 0 }] },
    ])
  })

  it('show how much of them is used, and what the cluster was told', async () => {
    const tenantId = await used(950)
    await set(1000)
    await judge(0)
    await api.control.pool.query('select control.want_enforcement()')
    expect(await ask('quotas.standing', { tenantId })).toMatchObject({
      plan: null,
      resources: [{ resource: 'storage_bytes', used: 950, level: 'critical' }, {}, {}, {}, {}],
      held: null,
    })
    await set(900)
    await judge(950)
    await api.control.pool.query('select control.want_enforcement()')
    expect((await ask('quotas.standing', { tenantId })).held).toMatchObject({
      blocked: true,
      isTold: false,
      toldAt: null,
    })
  })

  it('have a time of grace for storage alone', async () => {
    const reply = await api.tell(
      'quotas.set',
      { resource: 'relations', limit: 1, graceSeconds: 60 },
      { as: 'admin' },
    )
    expect(reply.body.error?.data.tenantry).toMatchObject({ code: 'invalid_input' })
  })
})

it('names who is over, the gravest first, and how many there are of each level', async () => {
  const [near, over] = [await used(810), await used(2000)]
  await set(1000)
  await judge(2000)
  const { items, counts } = await ask('quotas.over')
  expect(items).toMatchObject([
    { tenantId: over, level: 'blocked', used: 2000, limit: 1000, enforcedAt: null },
    { tenantId: near, level: 'warned', used: 810 },
  ])
  expect(counts).toEqual({ blocked: 1, exceeded: 0, critical: 0, warned: 1 })
})

describe('a simulation', () => {
  const limits = [{ resource: 'storage_bytes', limit: 500, graceSeconds: 0 }]

  it('says who would be over before anything is saved, and saves nothing', async () => {
    const [small, big, own] = [await used(100), await used(900), await used(900)]
    const planId = await plan('Simulated')
    await tell('quotas.assignPlan', { planId, tenantIds: [small, big, own] })
    await set(5000, { tenantId: own })
    expect(await ask('quotas.simulate', { planId, limits })).toEqual([
      {
        resource: 'storage_bytes',
        tenants: 2,
        warned: 0,
        over: 1,
        heldNow: 1,
        released: 0,
        examples: [{ slug: expect.any(String), used: 900 }],
      },
    ])
    expect(await ask('quotas.simulate', { tenantId: own, limits })).toMatchObject([{ tenants: 1, over: 1 }])
    expect((await ask('quotas.list', { tenantId: big }))[0].limit).toBeNull()
  })

  it('of the fleet’s defaults leaves out whom a plan or an own limit holds', async () => {
    const [free, planned] = [await used(900), await used(900)]
    await tell('quotas.assignPlan', {
      planId: await plan('Holding', { resource: 'storage_bytes', limit: 9000 }),
      tenantIds: [planned],
    })
    const [one] = await ask('quotas.simulate', { limits })
    expect(one.over).toBe(1)
    await set(9000, { tenantId: free })
    expect((await ask('quotas.simulate', { limits }))[0].over).toBe(0)
  })

  it('says whom a higher limit would let go', async () => {
    const tenantId = await used(600)
    await set(500, { tenantId })
    await judge(600)
    const [one] = await ask('quotas.simulate', { tenantId, limits: [{ ...limits[0], limit: 1000 }] })
    expect(one).toMatchObject({ over: 0, released: 1 })
  })
})
