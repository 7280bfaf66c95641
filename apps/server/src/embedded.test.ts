import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { type ServerProcess, spawnServer } from './testing/spawn-server.ts'
import { takenPort } from './testing/taken-port.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })
const root = mkdtempSync(path.join(tmpdir(), 'tenantry-home-'))
const living = new Set<ServerProcess>()

function start(home: string, more: Record<string, string> = {}): ServerProcess {
  const server = spawnServer({ TENANTRY_HOME: home, TENANTRY_DEMO: '0', ...more })
  living.add(server)
  server.ended.then(() => living.delete(server))
  return server
}
const resetPassword = (home: string) =>
  promisify(execFile)(
    process.execPath,
    [fileURLToPath(new URL('reset-password.ts', import.meta.url)), 'admin@tenantry.local'],
    { env: { PATH: process.env.PATH, TENANTRY_HOME: home } },
  )
const postgresPid = (home: string) =>
  Number(readFileSync(path.join(home, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
const ask = async (home: string, database: string, query: string) => {
  const port = readFileSync(path.join(home, 'postgres/postmaster.pid'), 'utf8').split('\n')[3]
  const password = readFileSync(path.join(home, 'postgres.password'), 'utf8').trim()
  const client = new pg.Client({
    connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/${database}`,
  })
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}
const runs = (home: string) => existsSync(path.join(home, 'postgres/postmaster.pid'))
/** What lies in the home of a system that is not running, and nothing else. */
const atRest = ['master.key', 'postgres', 'postgres.password']

afterEach(async () => {
  for (const server of living) {
    server.kill('SIGTERM')
    await server.ended
  }
})
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }))

describe('the embedded system', () => {
  const home = path.join(root, 'home')

  it('leaves nothing running when its first start fails, and tells the password at the next one', async () => {
    const { port, close } = await takenPort()
    const failing = start(home, { PORT: String(port) })
    expect(await failing.ended).toBe(1)
    await close()
    expect(failing.output()).toMatch(/^Port \d+ is taken/m)
    expect(failing.output()).not.toContain('firstPassword')
    expect(readdirSync(home).toSorted()).toEqual(atRest)
    expect(runs(home)).toBe(false)

    const server = start(home)
    await server.ready
    await expect.poll(() => server.output()).toMatch(/"firstPassword":"[^"]{12,}"/)
  })

  it('has its home for itself, while reset-password works beside it', async () => {
    const server = start(home)
    const { address } = await server.ready
    const pid = postgresPid(home)

    const second = start(home)
    expect(await second.ended).toBe(1)
    expect(second.output()).toBe(
      `Tenantry (pid ${server.pid}) already runs in ${home}: stop it, or set TENANTRY_HOME to another folder.\n`,
    )
    expect((await resetPassword(home)).stdout).toMatch(/The new password of admin@tenantry\.local/)
    expect(postgresPid(home)).toBe(pid)
    expect((await fetch(`${address}/readyz`)).status).toBe(200)

    server.kill('SIGHUP')
    expect(await server.ended).toBe(0)
    expect(runs(home)).toBe(false)
    expect((await resetPassword(home)).stdout).toMatch(/The new password of admin@tenantry\.local/)
    expect(readdirSync(home).toSorted()).toEqual(atRest)
    expect(runs(home)).toBe(false)
  })

  it('has two clusters, also in a home whose release had one', async () => {
    const clusters = () =>
      ask(home, 'tenantry_control', 'select name, state from control.cluster order by name')
    const both = [
      { name: 'eu-1', state: 'active' },
      { name: 'eu-2', state: 'active' },
    ]
    const server = start(home)
    await server.ready
    expect(await clusters()).toEqual(both)
    await ask(
      home,
      'tenantry_control',
      `select from control.cluster where name = 'eu-2' for update;
       delete from control.adoptable a using control.cluster c where c.id = a.cluster_id and c.name = 'eu-2';
       delete from control.reconciliation r using control.cluster c where c.id = r.cluster_id and c.name = 'eu-2';
       delete from control.usage_collection u using control.cluster c where c.id = u.cluster_id and c.name = 'eu-2';
       delete from control.cluster where name = 'eu-2'`,
    )
    await ask(home, 'postgres', 'drop database tenantry_cluster_2 with (force)')
    server.kill('SIGTERM')
    await server.ended
    await start(home).ready
    expect(await clusters()).toEqual(both)
  })

  it('takes over the home and the PostgreSQL of a process that was killed', async () => {
    const killed = start(home)
    await killed.ready
    const pid = postgresPid(home)
    killed.kill('SIGKILL')
    await killed.ended
    const server = start(home)
    await server.ready
    expect(postgresPid(home)).toBe(pid)
  })

  it('starts PostgreSQL again when it dies, at the same place', async () => {
    const server = start(home)
    const { address } = await server.ready
    const pid = postgresPid(home)
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => server.output(), { timeout: 20_000 }).toContain('embedded PostgreSQL is up again')
    expect(postgresPid(home)).not.toBe(pid)
    await expect.poll(async () => (await fetch(`${address}/readyz`)).status, { timeout: 10_000 }).toBe(200)
    server.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    expect(runs(home)).toBe(false)
  })
})

describe('a signal during the first start', () => {
  it('lets initdb end, then closes what was started: no PostgreSQL, no password file', async () => {
    const home = mkdtempSync(path.join(root, 'early-'))
    const initdb = new Promise<void>((resolve) => {
      const seen = watch(home, (_, name) => {
        if (!name?.startsWith('postgres.initdb')) return
        seen.close()
        resolve()
      })
    })
    const server = start(home)
    await initdb
    server.kill('SIGINT')
    expect(await server.ended).toBe(0)
    expect(readdirSync(home).toSorted()).toEqual(['postgres', 'postgres.password'])
    expect(runs(home)).toBe(false)
  })
})
