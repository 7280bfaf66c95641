import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { createTestDatabase, databaseUrl } from '../../testing/index.ts'
import { installCluster } from '../install-cluster.ts'
import { type GuardedSessionOptions, openGuardedSession } from '../open-guarded-session.ts'

export interface TestTenant {
  readonly id: string
  readonly schema: string
}

export interface TestCluster {
  /** Superuser connection string and pool of the tenants' database. */
  readonly adminUrl: string
  readonly admin: pg.Pool
  readonly workerUrl: string
  readonly workerRole: string
  /** Connections as the worker. */
  readonly worker: pg.Pool
  /** The first value of the first row, asked as the worker. */
  ask(sql: string, values?: unknown[]): Promise<unknown>
  /** A tenant with roles and schema, made under fence 1. */
  createTenant(slug?: string): Promise<TestTenant>
  /** Runs a script by the guarded path as its own operation. */
  run(tenant: TestTenant, sql: string, options?: Partial<GuardedSessionOptions>): Promise<void>
  drop(): Promise<void>
}

const workerPassword = 'worker of the tests'

/** A fresh database of the shared test server, installed and hardened as a cluster. Call `drop()` in `afterAll`. */
export async function createTestCluster(): Promise<TestCluster> {
  const { name, url, pool, drop } = await createTestDatabase()
  const { rows } = await pool.query('SELECT oid FROM pg_database WHERE datname = $1', [name])
  return testCluster(url, pool, async (tenants) => {
    await drop()
    // Roles belong to the server, which outlives this database.
    const server = new pg.Client({ connectionString: databaseUrl('postgres') })
    await server.connect()
    for (const id of tenants) await server.query(`DROP ROLE IF EXISTS ${id}, ${id}_w, ${id}_app`)
    await server.query(`DROP ROLE IF EXISTS tenantry_tenants_${rows[0].oid}, tenantry_worker_${rows[0].oid}`)
    await server.end()
  })
}

/** Installs the database of `pool` as a cluster; `release` is told which tenants were made. */
export async function testCluster(
  adminUrl: string,
  pool: pg.Pool,
  release: (tenants: readonly string[]) => Promise<void>,
): Promise<TestCluster> {
  const { workerUrl } = await installCluster(adminUrl, { workerPassword })
  const worker = new pg.Pool({ connectionString: workerUrl, max: 10 })
  worker.on('error', () => {})
  const made: string[] = []
  const ask = async (sql: string, values?: unknown[]) => {
    const { rows } = await worker.query({ text: sql, values: values ?? [], rowMode: 'array' })
    return rows[0]?.[0]
  }
  return {
    adminUrl,
    admin: pool,
    workerUrl,
    workerRole: new URL(workerUrl).username,
    worker,
    ask,
    async createTenant(slug = `u${randomBytes(4).toString('hex')}`) {
      const tenant = { id: newTenantId(), schema: `t_${slug}` }
      made.push(tenant.id)
      await ask('SELECT tenantry.create_tenant_roles($1, $2, $3, 1)', [
        tenant.id,
        tenant.schema,
        `create ${tenant.id}`,
      ])
      await ask('SELECT tenantry.create_tenant_schema($1, $2, 1)', [tenant.id, `create ${tenant.id}`])
      return tenant
    },
    async run(tenant, sql, options = {}) {
      const session = await openGuardedSession({
        pool: worker,
        tenantId: tenant.id,
        operationId: `op ${randomBytes(6).toString('hex')}`,
        fence: 1,
        deadlineMs: 20_000,
        ...options,
      })
      try {
        await session.run('script', sql)
      } finally {
        await session.close()
      }
    },
    async drop() {
      await worker.end()
      await release(made)
    },
  }
}

export function newTenantId(): string {
  return `tn_${randomBytes(13).toString('hex')}`
}

/** The SQLSTATE with which something is refused; undefined when it is not. */
export async function sqlstateOf(attempt: Promise<unknown>): Promise<string | undefined> {
  try {
    await attempt
    return undefined
  } catch (error) {
    const { code, sqlstate } = error as { code?: string; sqlstate?: string }
    return sqlstate ?? code
  }
}
