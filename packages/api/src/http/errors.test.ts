import { errorCodes, TenantryError } from '@tenantry/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createTestApi, type TestApi } from '../testing/create-test-api.ts'
import { describeFault } from './describe-fault.ts'
import { toReply } from './wire-error.ts'

describe('every refusal', () => {
  it.each(Object.entries(errorCodes))(
    '%s travels with its status and tRPC code',
    (code, { status, trpc }) => {
      const error = new TenantryError(code as keyof typeof errorCodes, 'What happened.', {
        action: 'What to do.',
      })
      expect(toReply(error, 'req_1', 'a.b')).toMatchObject({
        message: 'What happened.',
        data: {
          code: trpc,
          httpStatus: status,
          path: 'a.b',
          tenantry: {
            code,
            message: 'What happened.',
            detail: { action: 'What to do.' },
            requestId: 'req_1',
          },
        },
      })
    },
  )

  it('of an input names the field at fault', () => {
    const { error } = z
      .object({ labels: z.record(z.string(), z.string().max(1)) })
      .safeParse({ labels: { plan: 'xx' } })
    expect(toReply(error, 'r').data.tenantry).toMatchObject({
      code: 'invalid_input',
      detail: { field: 'labels.plan' },
    })
  })

  it('that nobody foresaw says nothing of its cause', () => {
    const reply = toReply(new Error('connect to 10.0.0.1 with password hunter2'), 'r')
    expect(reply.data.tenantry.code).toBe('internal')
    expect(JSON.stringify(reply)).not.toContain('hunter2')
  })
})

describe('the log of a fault', () => {
  it('names the statement and the cause, not the values', () => {
    const cause = Object.assign(new Error('syntax error'), { code: '42601' })
    const error = Object.assign(new Error('Failed query: select $1\nparams: hunter2', { cause }), {
      query: 'select $1',
    })
    const described = describeFault(error)
    expect(described).toMatchObject([
      { message: 'Failed query: select $1' },
      { message: 'syntax error', code: '42601' },
    ])
    expect(JSON.stringify(described)).not.toContain('hunter2')
  })
})

describe('over HTTP', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await createTestApi()
  })
  afterAll(() => api.close())
  afterEach(() => api.control.pool.query('alter table if exists control.cluster_gone rename to cluster'))

  it('an unforeseen fault is told apart by its request id, under which the log has the cause', async () => {
    await api.control.pool.query('alter table control.cluster rename to cluster_gone')
    const reply = await api.ask('clusters.list', undefined, {
      as: 'viewer',
      headers: { 'x-request-id': 'req_mine-123' },
    })
    expect(reply.status).toBe(500)
    expect(reply.headers.get('x-request-id')).toBe('req_mine-123')
    expect(reply.body.error.data.tenantry).toMatchObject({ code: 'internal', requestId: 'req_mine-123' })
    expect(reply.text).not.toMatch(/control\.|stack|select|\.ts/i)
    const line = api.logged.map((text) => JSON.parse(text)).find((entry) => entry.fault)
    expect(line).toMatchObject({ requestId: 'req_mine-123', path: 'clusters.list', level: 50 })
    expect(line.fault.at(-1).message).toBe('relation "control.cluster" does not exist')
  })

  it('a request id that is none is replaced', async () => {
    const reply = await api.ask('session.me', undefined, { headers: { 'x-request-id': 'a b' } })
    expect(reply.body.error.data.tenantry.requestId).toMatch(/^req_[\w-]{16}$/)
  })

  it.each([
    'trpc/nothing.here',
    'trpc',
    'trpc/',
    'nothing',
    'trpc/__proto__.x',
    'trpc/session.me.x',
    'trpc/%00',
  ])('nothing is at /%s', async (path) => {
    const reply = await fetch(`${api.address}/${path}`)
    expect(reply.status).toBe(404)
    expect(await reply.json()).toMatchObject({ error: { data: { tenantry: { code: 'not_found' } } } })
  })

  it('a path that cannot be decoded is refused', async () => {
    const reply = await fetch(`${api.address}/trpc/%ff`)
    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({ error: { data: { tenantry: { code: 'invalid_input' } } } })
  })

  it('the control database that does not answer is named, and nothing needs a restart when it is back', async () => {
    const cookie = await api.newCookie('viewer')
    await api.line.cut()
    const reply = await api.ask('tenants.list', {}, { cookie })
    expect(reply.status).toBe(503)
    expect(reply.body.error.data.tenantry).toMatchObject({
      code: 'control_database_unavailable',
      message: expect.stringContaining('Nothing was changed'),
      detail: { retryAfter: 5 },
    })
    const change = await api.tell('tenants.annotate', { tenantId: 'x', ifVersion: 1, notes: '' }, { cookie })
    expect(change.status).toBe(503)
    expect((await fetch(`${api.address}/readyz?verbose`)).status).toBe(503)
    expect((await fetch(`${api.address}/livez`)).status).toBe(200)
    expect(await (await fetch(`${api.address}/metrics`)).text()).toContain('tenantry_build_info')
    await api.line.restore()
    expect((await api.ask('tenants.list', {}, { cookie })).status).toBe(200)
  })
})
