import net from 'node:net'
import { createTestDatabase, type TestDatabase } from '@tenantry/db/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type ServerProcess, spawnServer } from './testing/spawn-server.ts'
import { takenPort } from './testing/taken-port.ts'

let control: TestDatabase
let cluster: TestDatabase
let settings: Record<string, string>
const living = new Set<ServerProcess>()

function spawn(more: Record<string, string>): ServerProcess {
  const server = spawnServer({ ...settings, ...more })
  living.add(server)
  server.ended.then(() => living.delete(server))
  return server
}
const body = async (address: string, path: string) => (await fetch(address + path)).text()

/** Holds a request that never ends, so that closing waits. Resolves once the server is reading it. */
async function hangOn(address: string): Promise<net.Socket> {
  const { hostname, port } = new URL(address)
  const socket = net.connect(Number(port), hostname)
  socket.on('error', () => {})
  // The first request's answer tells that the beginning of the second, in the same packet, has arrived too.
  socket.write('GET /livez HTTP/1.1\r\nhost: a\r\n\r\nGET /livez HTTP/1.1\r\nhost: b\r\n')
  await new Promise((resolve) => socket.once('data', resolve))
  return socket
}

beforeAll(async () => {
  control = await createTestDatabase()
  cluster = await createTestDatabase()
  settings = {
    DATABASE_URL: control.url,
    TENANTRY_CLUSTER_URL: cluster.url,
    TENANTRY_MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
  }
})
afterEach(async () => {
  for (const server of living) {
    server.kill('SIGKILL')
    await server.ended
  }
})
afterAll(async () => {
  await cluster.drop()
  await control.drop()
})

describe('the first start of all', () => {
  it('tells the first administrator’s password where somebody can use it: in the API, not in the worker', async () => {
    const worker = await spawn({ TENANTRY_ROLE: 'worker' }).ready
    expect(worker.password).toBeUndefined()
    const api = spawn({ TENANTRY_ROLE: 'api' })
    await api.ready
    await expect.poll(() => api.output()).toMatch(/"firstPassword":"[^"]{12,}"/)
  })
})

describe.each(['api', 'worker'])('a process in role %s', (role) => {
  it('answers probes, metrics and version, and ends in peace at SIGTERM', async () => {
    const server = spawn({ TENANTRY_ROLE: role })
    const { address } = await server.ready
    expect(JSON.parse(await body(address, '/livez'))).toEqual({ alive: true })
    expect(JSON.parse(await body(address, '/readyz?verbose'))).toMatchObject({
      ready: true,
      checks: { database: true, draining: false },
    })
    expect(JSON.parse(await body(address, '/version'))).toMatchObject({
      version: expect.stringMatching(/^\d/),
      node: expect.stringContaining(String(server.pid)),
    })
    const metrics = await body(address, '/metrics')
    expect(metrics).toMatch(/^nodejs_eventloop_lag/m)
    expect(metrics).toMatch(
      role === 'worker' ? /^# TYPE tenantry_operations_total/m : /^# TYPE tenantry_tenants/m,
    )
    server.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    expect(server.output()).toContain('"msg":"closed"')
  })

  it('ends at once at a second SIGTERM, whatever it waits for', async () => {
    const server = spawn({ TENANTRY_ROLE: role })
    const { address } = await server.ready
    const held = await hangOn(address)
    server.kill('SIGTERM')
    await expect.poll(() => server.output()).toContain('a second signal ends at once')
    server.kill('SIGTERM')
    expect(await server.ended).toBe(143)
    held.destroy()
  })
})

describe('a start that fails', () => {
  it('says in one line that its port is taken', async () => {
    const { port, close } = await takenPort()
    const server = spawn({ TENANTRY_ROLE: 'worker', PORT: String(port) })
    expect(await server.ended).toBe(1)
    await close()
    expect(server.output().split('\n')).toContain(
      `Port ${port} is taken: stop what listens there, or set PORT to another.`,
    )
    expect(server.output()).not.toMatch(/^\s+at /m)
  })

  it('names every fault of its settings', async () => {
    const server = spawn({
      TENANTRY_ROLE: 'worker',
      PORT: 'http',
      TENANTRY_MASTER_KEY: '',
      TENANTRY_PROT: '1',
    })
    expect(await server.ended).toBe(2)
    expect(server.output()).toMatch(/TENANTRY_PROT is not a setting/)
    expect(server.output()).toMatch(/^ {2}PORT /m)
    expect(server.output()).toMatch(/TENANTRY_MASTER_KEY must be set/)
  })

  it.each([
    ['the control database', 'DATABASE_URL', /the control database \(127\.0\.0\.1:\d+\/gone\)/],
    ['a new cluster', 'TENANTRY_CLUSTER_URL', /cluster eu-9 \(127\.0\.0\.1:\d+\/gone\)/],
  ])('names %s as what does not answer, and no password', async (_, setting, named) => {
    const { port, close } = await takenPort()
    await close()
    const server = spawn({
      [setting]: `postgres://u:hush@127.0.0.1:${port}/gone`,
      TENANTRY_ROLE: 'api',
      TENANTRY_CLUSTER_NAME: 'eu-9',
    })
    expect(await server.ended).toBe(1)
    expect(server.output()).toMatch(named)
    expect(server.output()).not.toContain('hush')
  })
})
