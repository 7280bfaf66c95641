import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApi, type TestApi } from '../testing/create-test-api.ts'
import { securityHeaders } from './security-headers.ts'
import { cookieName, cookieOptions } from './session-cookie.ts'

const root = mkdtempSync(path.join(tmpdir(), 'tenantry-web-'))
const html = { headers: { accept: 'text/html' } }
let api: TestApi
beforeAll(async () => {
  mkdirSync(path.join(root, 'assets'))
  writeFileSync(path.join(root, 'index.html'), '<title>Tenantry</title>')
  writeFileSync(path.join(root, 'assets', 'index-1a2b.js'), 'export {}')
  api = await createTestApi({ webRoot: root })
})
afterAll(async () => {
  await api.close()
  rmSync(root, { recursive: true })
})

const get = (url: string, init?: RequestInit) => fetch(api.address + url, init)

describe('the web app', () => {
  it.each(['/', '/tenants', '/tenants/unibo?tab=audit', '/operations/op_1'])('is at %s', async (url) => {
    const reply = await get(url, html)
    expect(reply.status).toBe(200)
    expect(await reply.text()).toContain('<title>Tenantry</title>')
    expect(reply.headers.get('cache-control')).toBe('no-cache')
  })

  it('keeps files that are named after their content for ever', async () => {
    const reply = await get('/assets/index-1a2b.js')
    expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(reply.headers.get('content-type')).toContain('javascript')
  })

  it.each(['/assets/index-old.js', '/trpc/nothing', '/socket.io/x'])(
    'does not stand in for %s',
    async (url) => {
      expect(await (await get(url, html)).text()).not.toContain('<title>')
    },
  )

  it.each(['/%2e%2e%2fsecret.txt', '/assets/..%2f..%2fsecret.txt', '/assets/%2e%2e/%2e%2e/secret.txt'])(
    'gives away nothing outside its folder: %s',
    async (url) => {
      writeFileSync(`${root}-secret.txt`, 'secret')
      const reply = await get(url.replace('secret.txt', `${path.basename(root)}-secret.txt`))
      rmSync(`${root}-secret.txt`)
      expect(reply.status).toBeGreaterThanOrEqual(400)
    },
  )

  it('runs nothing but its own files, in no frame', async () => {
    const { headers } = await get('/', html)
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("object-src 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).not.toContain('upgrade-insecure-requests')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toBeNull()
  })
})

it('tells browsers to stay with https where it is served so', () => {
  expect(securityHeaders({ secureCookies: true }).strictTransportSecurity).toMatchObject({
    maxAge: 31_536_000,
  })
})

it('names the cookie so that only this host over https can have set it', () => {
  expect(cookieName({ secureCookies: true })).toBe('__Host-tenantry')
  expect(
    cookieOptions({ secureCookies: true, sessions: { idleSeconds: 1, absoluteSeconds: 2 } } as never),
  ).toMatchObject({ path: '/', httpOnly: true, secure: true, sameSite: 'lax' })
})

it('keeps no reply of the API in a cache', async () => {
  expect((await api.ask('session.me')).headers.get('cache-control')).toBe('no-store')
})

describe('probes', () => {
  it('says what it is', async () => {
    expect(await (await get('/version')).json()).toEqual({ version: '0.1.0', revision: 'abc', node: 'test' })
  })

  it('is ready, and says why', async () => {
    expect(await (await get('/readyz')).json()).toEqual({ ready: true })
    expect(await (await get('/readyz?verbose')).json()).toEqual({
      ready: true,
      checks: { database: true, draining: false, events: { listening: true, seq: expect.any(Number) } },
    })
  })

  it('leaves no line in the log', async () => {
    const before = api.logged.length
    await get('/livez')
    await get('/readyz')
    await get('/metrics')
    await api.ask('session.me')
    expect(api.logged.slice(before).filter((line) => line.includes('"msg":"request"'))).toHaveLength(1)
  })

  it('logs a request with its id and without its input', async () => {
    await api.ask(
      'tenants.list',
      { text: 'hunter2' },
      { as: 'viewer', headers: { 'x-request-id': 'req_logged-1' } },
    )
    const line = api.logged.find(
      (entry) => entry.includes('req_logged-1') && entry.includes('"msg":"request"'),
    )
    expect(JSON.parse(line ?? '{}')).toMatchObject({ path: '/trpc/tenants.list', status: 200, method: 'GET' })
    expect(api.logged.join('')).not.toContain('hunter2')
  })
})
