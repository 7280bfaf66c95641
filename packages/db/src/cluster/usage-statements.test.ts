import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { freePort } from '../embedded/free-port.ts'
import { initDataDirectory } from '../embedded/init-data-directory.ts'
import { askServer, connectionString } from '../embedded/postmaster.ts'
import { spawnUnprivileged } from '../embedded/unprivileged.ts'
import { createTestCluster, type TestCluster, testCluster } from './testing/test-cluster.ts'

/** A PostgreSQL of this machine that comes with pg_stat_statements; the embedded ones do not. */
function installedServer(): string | undefined {
  const root = '/usr/lib/postgresql'
  const majors = existsSync(root) ? readdirSync(root) : []
  return majors
    .filter((major) => Number(major) >= 15)
    .map((major) => path.join(root, major))
    .find((home) => existsSync(`${home}/bin/initdb`) && existsSync(`${home}/lib/pg_stat_statements.so`))
}

const home = installedServer()
if (!home) console.log('skipped: no PostgreSQL 15 or newer with pg_stat_statements in /usr/lib/postgresql')

describe.runIf(home)('the statements of tenants', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'tenantry-statements-'))
  const dir = path.join(root, 'pg')
  let server: ChildProcess
  let cluster: TestCluster
  let url: string

  beforeAll(async () => {
    await initDataDirectory(`${home}/bin/initdb`, dir, 'test')
    const port = await freePort()
    const settings = {
      port,
      shared_preload_libraries: 'pg_stat_statements',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'off',
    }
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    server = spawnUnprivileged(`${home}/bin/postgres`, ['-D', dir, ...args], dir, {
      stdio: 'ignore',
      detached: true,
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    })
    url = connectionString('test', port)
    await vi.waitFor(async () => expect(await askServer(url)).toBe('ready'), { timeout: 30_000 })
    const pool = new pg.Pool({ connectionString: url, max: 4 })
    pool.on('error', () => {})
    cluster = await testCluster(url, pool, () => pool.end())
  }, 40_000)
  afterAll(async () => {
    await cluster?.drop()
    const gone = once(server, 'exit')
    server.kill('SIGINT')
    await gone
    rmSync(root, { recursive: true, force: true })
  })

  /** Of one tenant; undefined when it has none. */
  const statementsOf = async (id: string) =>
    (await cluster.worker.query('select * from tenantry.usage_statements() where tenant_id = $1', [id]))
      .rows[0]

  it('are counted by its product’s logins: calls, seconds, and the transactions that it ends itself', async () => {
    const tenant = await cluster.createTenant()
    const before = await cluster.ask('select statements_reset from tenantry.usage_source()')
    expect(before, 'without the extension there is nothing to read').toBeNull()
    expect(await statementsOf(tenant.id)).toBeUndefined()

    await cluster.admin.query('create extension pg_stat_statements')
    await cluster.admin.query(`alter role ${tenant.id}_app login password 'x'`)
    const login = new URL(url)
    login.username = `${tenant.id}_app`
    login.password = 'x'
    const product = new pg.Client({ connectionString: login.href })
    await product.connect()
    for (const query of ['begin', 'select 1', 'commit', 'select pg_sleep(0.02)', 'begin', 'rollback']) {
      await product.query(query)
    }
    await product.end()
    const counted = await statementsOf(tenant.id)
    expect(counted).toMatchObject({ calls: '6', transactions: '2', temp_bytes: '0' })
    expect(counted.seconds).toBeGreaterThan(0.02)
    expect(await cluster.ask('select statements_reset is not null from tenantry.usage_source()')).toBe(true)
  })
})

describe('a function of somebody’s own that is named like the extension’s', () => {
  it('is not called', async () => {
    const cluster = await createTestCluster()
    try {
      await cluster.admin.query(`create function public.pg_stat_statements(boolean) returns setof text
        language plpgsql as $$ begin raise 'called'; end $$`)
      expect((await cluster.worker.query('select * from tenantry.usage_statements()')).rows).toEqual([])
    } finally {
      await cluster.drop()
    }
  })
})
