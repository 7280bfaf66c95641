import type { ClusterCheckName } from '@tenantry/contracts'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asAdmin, createTestDatabase, type TestDatabase } from '../../testing/create-test-database.ts'
import { asRole, installCluster } from '../install-cluster.ts'
import { takenPort } from '../testing/taken-port.ts'
import { checkCluster } from './check-cluster.ts'
import { readIdentity } from './identity.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const look = (url: string, over: object = {}) => checkCluster(url, { maxConcurrency: 4, known: [], ...over })
const answer = async (check: ClusterCheckName, url = database.url, over: object = {}) =>
  (await look(url, over)).checks.find((one) => one.check === check)
const known = async (over: object = {}) => {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const identity = await readIdentity(client).finally(() => client.end())
  const endpoint = { host: 'elsewhere', port: 1, database: 'x' }
  return { ...identity, name: 'eu-1', endpoint, detached: false, ...over }
}

describe('a look at a database', () => {
  it('finds nothing to mend on the test server, and leaves no role behind', async () => {
    const { checks, identity, serverVersion } = await look(database.url)
    expect(checks.filter(({ outcome }) => outcome !== 'ok')).toEqual([])
    expect(identity).toMatchObject({ systemIdentifier: expect.stringMatching(/^\d+$/), installationId: null })
    expect(serverVersion).toMatch(/^\d+/)
    const { rows } = await database.pool.query(
      `select rolname from pg_roles where rolname ~ 'tenantry_worker_${identity?.databaseOid}|^tn_0{26}'`,
    )
    expect(rows).toEqual([])
  })

  it('names the host that nobody answers at', async () => {
    const { port, close } = await takenPort()
    await close()
    expect(await look(`postgres://u:p@127.0.0.1:${port}/d`)).toMatchObject({
      identity: undefined,
      checks: [
        {
          check: 'reach',
          outcome: 'error',
          message: `127.0.0.1:${port} does not answer: nothing listens there.`,
        },
      ],
    })
  })

  it('gives up on a host that takes the call and says nothing', async () => {
    const { port, close } = await takenPort()
    const [only] = (await look(`postgres://u:p@127.0.0.1:${port}/d`)).checks
    await close()
    expect(only).toMatchObject({ check: 'reach', message: expect.stringContaining('no answer in time') })
  })

  it('stays away from link-local addresses unless told otherwise', async () => {
    for (const host of ['169.254.169.254', '[fe80::1]', '[::ffff:169.254.169.254]']) {
      expect((await look(`postgres://u:p@${host}/d`)).checks).toMatchObject([
        { check: 'reach', outcome: 'error', message: expect.stringContaining('link-local') },
      ])
    }
  })

  it('tells a wrong password from a missing database', async () => {
    const wrong = new URL(database.url)
    wrong.password = 'wrong'
    expect(await answer('login', wrong.href)).toMatchObject({
      outcome: 'error',
      mend: expect.stringContaining('ALTER ROLE'),
    })
    const missing = new URL(database.url)
    missing.pathname = '/not_there'
    expect(await answer('login', missing.href)).toMatchObject({ mend: 'CREATE DATABASE "not_there";' })
  })

  it('asks for TLS where the address does, and the server has none', async () => {
    expect(await answer('tls', `${database.url}?sslmode=require`)).toMatchObject({ outcome: 'error' })
  })

  it('names every right that the user lacks, and the SQL that gives them', async () => {
    const role = `installer_${database.name}`
    await asAdmin(
      `CREATE ROLE ${role} LOGIN PASSWORD 'p'; GRANT CONNECT ON DATABASE ${database.name} TO ${role}`,
    )
    const url = asRole(database.url, role, 'p')
    const rights = await answer('rights', url)
    expect(rights?.message).toContain(
      'lacks CREATEROLE, CREATEDB, ownership of the database, CREATE on the database, pg_signal_backend, pg_read_all_stats',
    )
    await asAdmin(String(rights?.mend))
    expect(await answer('rights', url)).toMatchObject({ outcome: 'warning' })
    expect(await answer('worker_login', url)).toMatchObject({ outcome: 'ok' })
    await asAdmin(
      `ALTER DATABASE ${database.name} OWNER TO postgres; DROP OWNED BY ${role}; DROP ROLE ${role}`,
    )
  })

  it('warns when a worker would find too few connections', async () => {
    expect(await answer('connections', database.url, { maxConcurrency: 64 })).toMatchObject({ outcome: 'ok' })
    const { rows } = await database.pool.query(`select current_setting('max_connections')::int as max`)
    const asked = await answer('connections', database.url, { maxConcurrency: rows[0].max })
    expect(asked).toMatchObject({ outcome: 'warning', mend: expect.stringContaining('max_connections') })
  })

  it('offers schemas with tables for adoption, and does not count its own tenants', async () => {
    await database.pool.query('CREATE SCHEMA northport; CREATE TABLE northport.book (); CREATE SCHEMA bare')
    const seen = await look(database.url)
    expect(seen.schemas).toEqual(['northport'])
    expect(seen.checks.at(-1)).toMatchObject({
      outcome: 'warning',
      message: expect.stringContaining('northport'),
    })
    await database.pool.query('DROP SCHEMA northport CASCADE; DROP SCHEMA bare')
  })
})

describe('who a database is', () => {
  it('is told by the server, whatever its address', async () => {
    const one = await known()
    expect(await answer('twin', database.url, { known: [one] })).toMatchObject({
      outcome: 'error',
      message: `${database.name} is the cluster eu-1 already.`,
    })
    expect(await answer('twin', database.url, { known: [{ ...one, detached: true }] })).toMatchObject({
      outcome: 'ok',
    })
  })

  it('is told by its address where the server keeps silent', async () => {
    const { hostname, port } = new URL(database.url)
    const endpoint = { host: hostname, port: Number(port), database: database.name }
    const silent = await known({ systemIdentifier: null, endpoint })
    expect(await answer('twin', database.url, { known: [silent] })).toMatchObject({ outcome: 'error' })
  })

  it('is told by its installation: a copy is not the cluster, and a restored one is', async () => {
    const other = await createTestDatabase()
    await installCluster(other.url, { workerPassword: 'w' })
    const { rows } = await other.pool.query('select id from tenantry.installation')
    const original = await known({ installationId: rows[0].id, databaseOid: 1 })
    expect(await answer('twin', other.url, { known: [original] })).toMatchObject({
      outcome: 'error',
      message: `${other.name} is a copy of the cluster eu-1.`,
    })
    expect(await answer('twin', other.url, { self: original })).toMatchObject({ outcome: 'ok' })
    expect(await answer('twin', database.url, { self: original })).toMatchObject({ outcome: 'error' })
    await other.drop()
  })
})
