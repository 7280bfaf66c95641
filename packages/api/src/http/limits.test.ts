import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApi, type TestApi } from '../testing/create-test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

const batch = (calls: number) => Array.from({ length: calls }, () => 'clusters.list').join(',')

describe('a batch', () => {
  it('answers ten calls', async () => {
    const reply = await api.ask(`${batch(10)}?batch=1&input=${encodeURIComponent('{}')}`, undefined, {
      as: 'viewer',
    })
    expect(reply.status).toBe(200)
    expect(reply.body).toHaveLength(10)
  })

  it.each([11, 900])('of %i is refused whole', async (calls) => {
    const reply = await api.ask(`${batch(calls)}?batch=1`, undefined, { as: 'viewer' })
    expect(reply.status).toBe(400)
    expect(reply.body.error.data.tenantry).toMatchObject({
      code: 'invalid_input',
      message: 'A batch holds at most 10 calls.',
      detail: { action: 'Send several batches.' },
    })
  })

  it('does not slip through with its commas encoded', async () => {
    const reply = await api.ask(`${batch(11).replaceAll(',', '%2C')}?batch=1`, undefined, { as: 'viewer' })
    expect(reply.status).toBe(400)
  })

  it('refuses one call without refusing the others', async () => {
    const reply = await api.ask(
      `clusters.list,audit.verify?batch=1&input=${encodeURIComponent('{}')}`,
      undefined,
      {
        as: 'viewer',
      },
    )
    expect(reply.status).toBe(207)
    expect(reply.body[0].result.data).toHaveLength(1)
    expect(reply.body[1].error.data.tenantry.code).toBe('forbidden')
  })
})

describe('a body', () => {
  const huge = { notes: 'x'.repeat(10 * 1024 * 1024) }

  it('of 10 MB is refused with the limit and what to do', async () => {
    const reply = await api.tell('tenants.annotate', huge, { as: 'operator' })
    expect(reply.status).toBe(413)
    expect(reply.body.error.data.tenantry).toMatchObject({
      code: 'payload_too_large',
      message: 'The request is larger than 1 MB.',
      detail: { action: 'Send less at once.' },
      requestId: reply.headers.get('x-request-id'),
    })
  })

  it('of 10 MB is refused before anybody looks who sent it', async () => {
    expect((await api.tell('session.signIn', huge)).status).toBe(413)
  })

  it('of 5 MB is taken where a template is published', async () => {
    const migrations = [1, 2, 3].map((version) => ({
      version,
      name: 'a',
      sql: `select 1 ${' '.repeat(1_600_000)}`,
    }))
    const input = { idempotencyKey: 'large-template', slug: 'large', name: 'Large', migrations }
    const reply = await api.tell('templates.publish', input, { as: 'admin' })
    expect(reply.body.result.data).toMatchObject({ repeated: false })
  })

  it('of 10 MB is too large for a template too', async () => {
    const reply = await api.tell('templates.publish', huge, { as: 'admin' })
    expect(reply.body.error.data.tenantry.message).toBe('The request is larger than 8 MB.')
  })

  it.each(['{', '', 'null', '[]', '"text"', '{"__proto__":{"role":"admin"}}'])(
    'that is %j is refused',
    async (body) => {
      const reply = await fetch(`${api.address}/trpc/tenants.annotate`, {
        method: 'POST',
        body,
        headers: {
          cookie: await api.newCookie('operator'),
          'content-type': 'application/json',
          'x-tenantry': '1',
        },
      })
      expect(reply.status).toBe(400)
      expect(await reply.json()).toMatchObject({ error: { data: { tenantry: { code: 'invalid_input' } } } })
    },
  )
})
