import { newId } from '@tenantry/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApi, type Reply, type TestApi } from '../testing/create-test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

const dataOf = (reply: Reply) => reply.body.result?.data
const refusalOf = (reply: Reply) => reply.body.error?.data.tenantry
const count = async (what: string) =>
  (await api.control.pool.query(`select count(*)::int from ${what}`)).rows[0].count

let slugs = 0
const provision = (over: object = {}, as: 'operator' | 'admin' = 'operator') =>
  api.tell(
    'tenants.provision',
    {
      idempotencyKey: newId('op'),
      slug: `college-${++slugs}`,
      displayName: 'A college',
      templateId: api.templateId,
      ...over,
    },
    { as },
  )

describe('asking for a tenant', () => {
  it('registers it, and leaves the building to a worker', async () => {
    const made = dataOf(await provision({ slug: 'unibo', labels: { plan: 'full' }, notes: 'first' }))
    const tenant = dataOf(await api.ask('tenants.get', { slug: 'unibo' }, { as: 'viewer' }))
    expect(tenant).toMatchObject({
      id: made.tenantId,
      slug: 'unibo',
      state: 'provisioning',
      schemaName: 't_unibo',
      labels: { plan: 'full' },
      clusterName: 'eu-1',
      templateName: 'University',
      ownerName: 'operator',
      operation: { id: made.operationId, kind: 'tenant.provision', state: 'queued' },
      rowVersion: 1,
    })
    const operation = dataOf(await api.ask('operations.get', { id: made.operationId }, { as: 'viewer' }))
    expect(operation).toMatchObject({
      tenantSlug: 'unibo',
      requestedByName: 'operator',
      steps: [],
      retriedBy: null,
    })
    expect(operation.plan).toHaveLength(7)
    expect(await count(`pgboss.job where data->>'operationId' = '${made.operationId}'`)).toBe(1)
  })

  it('twice with the same key is one operation', async () => {
    const request = { idempotencyKey: 'the-same-key', slug: 'once' }
    const [first, second] = [await provision(request), await provision(request)]
    expect(dataOf(second)).toEqual({ ...dataOf(first), repeated: true })
    expect(await count("control.operation where idempotency_key = 'the-same-key'")).toBe(1)
  })

  it('twice at the same moment with the same key is one operation', async () => {
    const request = { idempotencyKey: 'a-double-press', slug: 'pressed-twice' }
    const replies = await Promise.all([1, 2, 3, 4].map(() => provision(request)))
    expect(new Set(replies.map((reply) => dataOf(reply)?.operationId)).size).toBe(1)
    expect(await count("control.tenant where slug = 'pressed-twice'")).toBe(1)
    expect(
      await count(
        `control.audit where action = 'tenant.provision' and outcome = 'requested' and after->>'slug' = 'pressed-twice'`,
      ),
    ).toBe(1)
  })

  it('with a key that asked for something else is refused', async () => {
    await provision({ idempotencyKey: 'used-before', slug: 'one-thing' })
    const reply = await provision({ idempotencyKey: 'used-before', slug: 'another-thing' })
    expect(refusalOf(reply)).toMatchObject({
      code: 'idempotency_mismatch',
      detail: { field: 'idempotencyKey' },
    })
  })

  it.each([
    ['taken', 'unibo', 'slug_taken'],
    ['reserved', 'postgres', 'invalid_input'],
    ['too long', 'a'.repeat(49), 'invalid_input'],
    ['with a quote', "o'hara", 'invalid_input'],
    ['with SQL in it', 'a; drop schema control', 'invalid_input'],
    ['of another alphabet', 'болонья', 'invalid_input'],
    ['empty', '', 'invalid_input'],
  ])('refuses a slug that is %s, says so at the field, and audits the attempt', async (_, slug, code) => {
    const failed = "control.audit where action = 'tenant.provision' and outcome = 'failed'"
    const before = [await count('control.tenant'), await count(failed)]
    const reply = await provision({ slug })
    expect(refusalOf(reply)).toMatchObject({ code, detail: { field: 'slug', action: expect.any(String) } })
    expect([await count('control.tenant'), await count(failed)]).toEqual([before[0], (before[1] ?? 0) + 1])
    const check = dataOf(await api.ask('tenants.slugCheck', { slug }, { as: 'viewer' }))
    expect(check).toMatchObject({ available: false, reason: expect.any(String) })
  })

  it('audits an attempt whose text cannot be kept', async () => {
    const failed = "control.audit where action = 'tenant.provision' and error_code = 'invalid_input'"
    const before = await count(failed)
    expect((await provision({ notes: 'a\0b' })).status).toBe(400)
    expect(await count(failed)).toBe(before + 1)
  })

  it.each([
    ['template', { templateId: newId('tp') }, 'not_found', 'templateId'],
    ['cluster', { clusterId: newId('cl') }, 'not_found', 'clusterId'],
  ])('refuses an unknown %s', async (_, over, code, field) => {
    expect(refusalOf(await provision(over))).toMatchObject({ code, detail: { field } })
  })

  it('says where a tenant would go and why, or why nowhere', async () => {
    const placed = dataOf(await api.ask('tenants.placement', {}, { as: 'viewer' }))
    expect(placed).toMatchObject({
      placement: { name: 'eu-1', reason: expect.stringContaining('eu-1') },
      refusal: null,
    })
    await api.control.pool.query("update control.cluster set state = 'cordoned'")
    const nowhere = dataOf(await api.ask('tenants.placement', {}, { as: 'viewer' }))
    const refused = await provision()
    await api.control.pool.query("update control.cluster set state = 'active'")
    expect(nowhere).toMatchObject({
      placement: null,
      refusal: { message: expect.stringContaining('No cluster') },
    })
    expect(refusalOf(refused)).toMatchObject({ code: 'no_cluster' })
  })
})

describe('two people on one tenant', () => {
  it('of two edits of the same version the second is refused with what is there now', async () => {
    const { tenantId } = dataOf(await provision())
    const edit = (notes: string, as: 'operator' | 'admin') =>
      api.tell('tenants.annotate', { tenantId, ifVersion: 1, notes }, { as })
    const replies = await Promise.all([
      edit('from the operator', 'operator'),
      edit('from the admin', 'admin'),
    ])
    const [won] = replies.filter((reply) => reply.status === 200)
    const [lost] = replies.filter((reply) => reply.status === 409)
    expect(dataOf(won as Reply)).toMatchObject({ rowVersion: 2 })
    expect(refusalOf(lost as Reply)).toMatchObject({
      code: 'version_conflict',
      detail: { current: { notes: dataOf(won as Reply).notes }, rowVersion: 2, action: expect.any(String) },
    })
  })

  it('only one of them discards it', async () => {
    const { tenantId, operationId } = dataOf(await provision())
    await api.tell('operations.cancel', { operationId }, { as: 'operator' })
    const discard = (as: 'operator' | 'admin') =>
      api.tell('tenants.discard', { idempotencyKey: newId('op'), tenantId }, { as })
    const replies = await Promise.all([discard('operator'), discard('admin')])
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(replies.map(refusalOf).find(Boolean)).toMatchObject({
      code: 'tenant_busy',
      detail: { action: expect.any(String) },
    })
  })
})

describe('an operation', () => {
  it('that waits is cancelled, and done again as a new one that names it', async () => {
    const { operationId } = dataOf(await provision())
    expect((await api.tell('operations.cancel', { operationId }, { as: 'operator' })).status).toBe(200)
    const again = await api.tell('operations.cancel', { operationId }, { as: 'operator' })
    expect(refusalOf(again)).toMatchObject({ code: 'unlawful_transition' })
    const retried = dataOf(
      await api.tell('operations.retry', { idempotencyKey: newId('op'), operationId }, { as: 'operator' }),
    )
    const old = dataOf(await api.ask('operations.get', { id: operationId }, { as: 'viewer' }))
    const next = dataOf(await api.ask('operations.get', { id: retried.operationId }, { as: 'viewer' }))
    expect(old).toMatchObject({ state: 'cancelled', retriedBy: retried.operationId })
    expect(next).toMatchObject({ state: 'queued', retryOf: operationId })
  })

  it('is one of many that are retried or put aside in one call, each answered for itself', async () => {
    const failedOne = async () => {
      const { operationId } = dataOf(await provision())
      await api.tell('operations.cancel', { operationId }, { as: 'operator' })
      return operationId
    }
    const [cancelled, queued] = [await failedOne(), dataOf(await provision()).operationId]
    const call = { idempotencyKey: newId('op'), operationIds: [cancelled, queued] }
    const answers = dataOf(await api.tell('operations.retryMany', call, { as: 'operator' }))
    expect(answers).toMatchObject([
      { id: cancelled, result: { repeated: false } },
      { id: queued, refusal: { code: 'unlawful_transition', message: 'It has not begun.' } },
    ])
    const again = dataOf(await api.tell('operations.retryMany', call, { as: 'operator' }))
    expect(again[0].result).toEqual({ ...answers[0].result, repeated: true })
    const aside = dataOf(
      await api.tell(
        'operations.putAside',
        { operationIds: [queued], reason: 'not a failure' },
        { as: 'operator' },
      ),
    )
    expect(aside).toMatchObject([{ id: queued, refusal: { code: 'unlawful_transition' } }])
  })

  it('that waits says why, and takes its place in the queue', async () => {
    const { operationId: id } = dataOf(await provision())
    const reasons = dataOf(await api.ask('operations.whyWaiting', { id }, { as: 'viewer' }))
    expect(reasons).toContainEqual({ kind: 'no-worker', lastSeenAt: null })
    const places = dataOf(await api.ask('operations.places', { ids: [id] }, { as: 'viewer' }))
    expect(places[id]).toBeGreaterThanOrEqual(0)
    const { lanes } = dataOf(await api.ask('operations.queue', undefined, { as: 'viewer' }))
    expect(lanes.map(({ lane }: { lane: string }) => lane)).toEqual([
      'urgent',
      'interactive',
      'background',
      'bulk',
    ])
    await api.tell('operations.prioritise', { operationId: id }, { as: 'operator' })
    const after = dataOf(await api.ask('operations.places', { ids: [id] }, { as: 'viewer' }))
    expect(after).toEqual({ [id]: 0 })
  })

  it('that does not exist is not found', async () => {
    const reply = await api.ask('operations.get', { id: newId('op') }, { as: 'viewer' })
    expect(refusalOf(reply)).toMatchObject({ code: 'not_found', detail: { action: 'Go back to the list.' } })
  })
})

describe('administration', () => {
  it('sets a quota of the fleet and a tenant’s own', async () => {
    const { tenantId } = dataOf(await provision())
    const set = (input: object) =>
      api.tell('quotas.set', { resource: 'storage_bytes', ...input }, { as: 'admin' })
    await set({ limit: 1000 })
    await set({ limit: 50, tenantId })
    const of = async (input: object) => dataOf(await api.ask('quotas.list', input, { as: 'viewer' }))[0]
    expect(await of({})).toMatchObject({ fleetLimit: 1000, tenantLimit: null, limit: 1000, unit: 'bytes' })
    expect(await of({ tenantId })).toMatchObject({ fleetLimit: 1000, tenantLimit: 50, limit: 50 })
    await set({ limit: null, tenantId })
    expect(await of({ tenantId })).toMatchObject({ tenantLimit: null, limit: 1000 })
  })

  it('names the environment for everybody', async () => {
    const value = { name: 'production', production: true }
    await api.tell('settings.set', { key: 'environment', value }, { as: 'admin' })
    expect(dataOf(await api.ask('settings.get', undefined, { as: 'viewer' }))).toEqual({ environment: value })
    expect(dataOf(await api.ask('session.me', undefined, { as: 'viewer' })).environment).toEqual(value)
  })

  it('adds a member once, with a password that is shown once', async () => {
    const input = { email: 'Ana@Tenantry.test', name: 'Ana', role: 'viewer' }
    const made = dataOf(await api.tell('members.add', input, { as: 'admin' }))
    expect(made.password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/)
    expect(refusalOf(await api.tell('members.add', input, { as: 'admin' }))).toMatchObject({
      detail: { field: 'email' },
    })
    const listed = dataOf(await api.ask('members.list', undefined, { as: 'operator' }))
    expect(listed.map(({ email }: { email: string }) => email)).toEqual([
      'ana@tenantry.test',
      'admin@tenantry.test',
      'operator@tenantry.test',
      'viewer@tenantry.test',
    ])
    expect(JSON.stringify(listed)).not.toContain(made.password)
  })
})
