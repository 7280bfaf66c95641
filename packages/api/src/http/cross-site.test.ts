import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApi, type TestApi } from '../testing/create-test-api.ts'
import { refuseForeignOrigin } from './cross-site.ts'

let api: TestApi
let cookie: string
beforeAll(async () => {
  api = await createTestApi()
  cookie = await api.newCookie('admin')
})
afterAll(() => api.close())

/** Whether the session that was used is still there: signing out is a change without an input. */
async function signOut(
  init: RequestInit,
): Promise<{ status: number; code: string | undefined; executed: boolean }> {
  const reply = await fetch(`${api.address}/trpc/session.signOut`, { method: 'POST', ...init })
  const body = (await reply.json()) as { error?: { data: { tenantry: { code: string } } } }
  const { status } = await api.ask('session.me', undefined, { cookie })
  return { status: reply.status, code: body.error?.data.tenantry.code, executed: status === 401 }
}

describe('a change that another site makes the browser send', () => {
  const form = () => {
    const data = new FormData()
    data.set('a', 'b')
    return data
  }

  it.each([
    ['as a multipart form, which asks no permission first', () => ({ body: form() })],
    ['as plain text', () => ({ body: '{}', headers: { 'content-type': 'text/plain' } })],
    ['as an url-encoded form', () => ({ body: new URLSearchParams({ a: 'b' }) })],
    ['without a body', () => ({})],
    ['as JSON without the header', () => ({ body: '{}', headers: { 'content-type': 'application/json' } })],
    [
      'with the header, from a foreign origin',
      () => ({
        body: '{}',
        headers: { 'content-type': 'application/json', 'x-tenantry': '1', origin: 'https://evil.test' },
      }),
    ],
    [
      'with the header, from an opaque origin',
      () => ({
        body: '{}',
        headers: { 'content-type': 'application/json', 'x-tenantry': '1', origin: 'null' },
      }),
    ],
    [
      'with the header, as the browser says from another site',
      () => ({
        body: '{}',
        headers: { 'content-type': 'application/json', 'x-tenantry': '1', 'sec-fetch-site': 'cross-site' },
      }),
    ],
    [
      'from another port of this host',
      () => ({
        body: '{}',
        headers: { 'content-type': 'application/json', 'x-tenantry': '1', origin: 'http://127.0.0.1:1' },
      }),
    ],
  ] as [string, () => RequestInit][])('is refused %s', async (_, shape) => {
    const init = shape()
    expect(await signOut({ ...init, headers: { ...init.headers, cookie } })).toEqual({
      status: 403,
      code: 'cross_site',
      executed: false,
    })
  })

  it('is refused by GET', async () => {
    const reply = await api.ask('session.signOut', undefined, { cookie })
    expect(reply.body.error.data.tenantry.code).toBe('invalid_input')
    expect((await api.ask('session.me', undefined, { cookie })).status).toBe(200)
  })

  it.each(['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])(
    'is refused as %s even with the header',
    async (type) => {
      const headers = { cookie, 'content-type': type, 'x-tenantry': '1' }
      expect(await signOut({ body: '{}', headers })).toMatchObject({ code: 'invalid_input', executed: false })
    },
  )
})

it('takes a change from a page of its own', async () => {
  const headers = {
    cookie: await api.newCookie('admin'),
    'content-type': 'application/json',
    'x-tenantry': '1',
    origin: api.address,
    'sec-fetch-site': 'same-origin',
  }
  const reply = await fetch(`${api.address}/trpc/session.signOut`, { method: 'POST', body: '{}', headers })
  expect(reply.status).toBe(200)
})

describe('the live feed', () => {
  it('refuses a foreign page, though the browser sends the cookie', async () => {
    await expect(api.connect('admin', { origin: 'https://evil.test' })).rejects.toThrow('websocket error')
  })

  it('refuses who has no session', async () => {
    await expect(api.connect({ cookie: 'tenantry=none' })).rejects.toMatchObject({
      data: { code: 'unauthenticated' },
    })
  })

  it('takes a page of its own', async () => {
    const socket = await api.connect('admin', { origin: api.address })
    expect(socket.connected).toBe(true)
  })
})

describe('behind a proxy', () => {
  const publicUrl = 'https://tenantry.example.org'

  it('takes pages of the public URL whatever host the proxy asks for', () => {
    expect(() =>
      refuseForeignOrigin({ publicUrl }, { host: '10.0.0.1:4100', origin: publicUrl }),
    ).not.toThrow()
  })

  it.each(['https://tenantry.example.org.evil.test', 'http://tenantry.example.org', 'https://10.0.0.1:4100'])(
    'refuses pages of %s',
    (origin) => {
      expect(() => refuseForeignOrigin({ publicUrl }, { host: '10.0.0.1:4100', origin })).toThrow(
        'another site',
      )
    },
  )
})
