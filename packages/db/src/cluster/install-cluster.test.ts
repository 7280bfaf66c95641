import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, databaseUrl } from '../testing/index.ts'
import { checkClusterSettings } from './check/check-cluster-settings.ts'
import { asRole, installCluster } from './install-cluster.ts'
import { createTestCluster, sqlstateOf, type TestCluster } from './testing/test-cluster.ts'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await createTestCluster()
})
afterAll(() => cluster.drop())

const workerPassword = 'worker of the tests'

async function first(pool: pg.Pool, sql: string): Promise<unknown> {
  const { rows } = await pool.query({ text: sql, rowMode: 'array' })
  return rows[0]?.[0]
}

describe('installing a cluster', () => {
  it('finds it done the second time', async () => {
    expect(await installCluster(cluster.adminUrl, { workerPassword })).toMatchObject({
      workerUrl: cluster.workerUrl,
      changed: false,
    })
  })

  it('brings an older installation up to date, and keeps what the tables hold', async () => {
    const tenant = await cluster.createTenant()
    await cluster.admin.query(`UPDATE tenantry.installation SET checksum = 'an older one'`)
    await cluster.admin.query('CREATE FUNCTION tenantry.retired() RETURNS int LANGUAGE sql RETURN 1')
    expect(await installCluster(cluster.adminUrl, { workerPassword })).toMatchObject({ changed: true })
    expect(await first(cluster.admin, `SELECT to_regprocedure('tenantry.retired()')`)).toBeNull()
    expect(await cluster.ask('SELECT tenantry.fingerprint($1)', [tenant.schema])).toMatch(/^[0-9a-f]{64}$/)
  })

  it('leaves everything as it was when it fails', async () => {
    const other = await createTestDatabase()
    await other.pool.query('CREATE SCHEMA tenantry; CREATE VIEW tenantry.tenant AS SELECT 1 AS tenant_id')
    await expect(installCluster(other.url, { workerPassword })).rejects.toThrow(
      /sql\/cluster\/tables\/tenant.sql/,
    )
    expect(await first(other.pool, `SELECT to_regclass('tenantry.installation')`)).toBeNull()
    await other.drop()
  })

  it('is installed anew in a clone, which does not inherit the grants of its database', async () => {
    const name = `clone_${Date.now()}`
    const home = new pg.Client({ connectionString: databaseUrl('postgres') })
    await home.connect()
    const template = await createTestDatabase()
    await installCluster(template.url, { workerPassword })
    await template.pool.query('SELECT 1')
    await home.query(`ALTER DATABASE ${template.name} CONNECTION LIMIT 0`)
    await home.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${template.name}'`,
    )
    await home.query(`CREATE DATABASE ${name} TEMPLATE ${template.name}`)
    expect(await installCluster(databaseUrl(name), { workerPassword })).toMatchObject({ changed: true })
    await home.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await home.end()
    await template.drop()
  })

  it('can be done in two databases of a server at the same time', async () => {
    const databases = await Promise.all([createTestDatabase(), createTestDatabase(), createTestDatabase()])
    const installed = await Promise.all(databases.map(({ url }) => installCluster(url, { workerPassword })))
    expect(installed.map(({ changed }) => changed)).toEqual([true, true, true])
    await Promise.all(databases.map((database) => database.drop()))
  })
})

describe('the worker', () => {
  it('has no attribute and is a member of nothing', async () => {
    const { rows } = await cluster.admin.query(
      `SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
              EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) AS is_member
       FROM pg_roles r WHERE rolname = $1`,
      [cluster.workerRole],
    )
    expect(Object.values(rows[0])).toEqual([false, false, false, false, false, false])
  })

  it.each([
    `SELECT tenantry.record_step('tn_x', 'op', 1, 'step')`,
    `SELECT tenantry.close_owner('postgres')`,
    `SELECT tenantry.terminate_backends(ARRAY[1])`,
    `SELECT tenantry.exec(ARRAY['SELECT 1'])`,
    `SELECT tenantry.harden_database()`,
    `UPDATE tenantry.tenant SET fence = 0`,
    `DELETE FROM tenantry.ledger`,
    `CREATE TABLE tenantry.mine ()`,
    `CREATE TABLE public.mine ()`,
    `CREATE SCHEMA mine`,
    `CREATE ROLE mine`,
  ])('may not run %s', async (sql) => {
    expect(await sqlstateOf(cluster.worker.query(sql))).toBe('42501')
  })

  it('may not make itself more than it is', async () => {
    const attempt = cluster.worker.query(`ALTER ROLE ${cluster.workerRole} SUPERUSER`)
    expect(await sqlstateOf(attempt)).toBe('42501')
  })

  it('has a password of its own in each database of a server', async () => {
    const other = await createTestDatabase()
    const { workerUrl } = await installCluster(other.url, { workerPassword: 'another' })
    expect(new URL(workerUrl).username).not.toBe(cluster.workerRole)
    expect(await cluster.ask('SELECT 1')).toBe(1)
    await other.drop()
  })

  it('gets a new password when it is installed with one', async () => {
    const renewed = await installCluster(cluster.adminUrl, { workerPassword: 'renewed' })
    const client = new pg.Client({ connectionString: renewed.workerUrl })
    await client.connect()
    await client.end()
    expect(await installCluster(cluster.adminUrl, { workerPassword })).toMatchObject({
      workerUrl: cluster.workerUrl,
      changed: false,
    })
  })

  it('may not read the table of a tenant', async () => {
    const tenant = await cluster.createTenant()
    await cluster.run(tenant, 'CREATE TABLE secret AS SELECT 1 AS one')
    expect(await sqlstateOf(cluster.worker.query(`SELECT * FROM ${tenant.schema}.secret`))).toBe('42501')
  })
})

describe('the hardened database', () => {
  it.each([
    `has_database_privilege('public', current_database(), 'CONNECT')`,
    `has_database_privilege('public', current_database(), 'TEMP')`,
    `has_schema_privilege('public', 'public', 'USAGE')`,
    `has_schema_privilege('public', 'tenantry', 'USAGE')`,
    `has_function_privilege('public', 'lo_create(oid)', 'EXECUTE')`,
    `has_function_privilege('public', 'lo_import(text)', 'EXECUTE')`,
    `has_function_privilege('public', 'pg_advisory_lock(bigint)', 'EXECUTE')`,
    `has_function_privilege('public', 'pg_try_advisory_xact_lock_shared(int, int)', 'EXECUTE')`,
    `has_function_privilege('public', 'pg_notify(text, text)', 'EXECUTE')`,
    `has_function_privilege('public', 'tenantry.arm(text, text, bigint, text, timestamptz, bytea)', 'EXECUTE')`,
  ])('%s is false', async (privilege) => {
    expect(await first(cluster.admin, `SELECT ${privilege}`)).toBe(false)
  })

  it('lets no tenant of another database of the server in', async () => {
    const neighbour = await createTestCluster()
    const { id } = await neighbour.createTenant()
    await neighbour.admin.query(`ALTER ROLE ${id}_app LOGIN PASSWORD 'app'`)
    const visit = async (url: string) => {
      const client = new pg.Client({ connectionString: asRole(url, `${id}_app`, 'app') })
      await client.connect().finally(() => client.end())
    }
    expect(await sqlstateOf(visit(neighbour.workerUrl))).toBeUndefined()
    expect(await sqlstateOf(visit(cluster.workerUrl))).toBe('42501')
    await neighbour.drop()
  })
})

describe('the settings of the server', () => {
  it('are fine on the test server', async () => {
    expect(await checkClusterSettings(cluster.admin)).toEqual([])
  })

  it('are refused when the installer has no right to install, with what it lacks', async () => {
    const findings = await checkClusterSettings(cluster.worker)
    expect(findings).toMatchObject([
      { check: 'temp_files', outcome: 'warning' },
      { check: 'rights', outcome: 'error', message: expect.stringContaining('lacks CREATEROLE') },
    ])
  })

  it('are refused with an untrusted language, and the SQL that mends it', async () => {
    await cluster.admin.query(
      `CREATE LANGUAGE sandboxless HANDLER plpgsql_call_handler; UPDATE pg_language SET lanpltrusted = false
       WHERE lanname = 'sandboxless'`,
    )
    const [finding] = await checkClusterSettings(cluster.admin)
    expect(finding).toMatchObject({ check: 'languages', outcome: 'error' })
    await cluster.admin.query(String(finding?.mend))
    expect(await checkClusterSettings(cluster.admin)).toEqual([])
  })
})
