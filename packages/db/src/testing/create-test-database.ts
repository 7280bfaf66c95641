import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

export interface TestDatabase {
  readonly name: string
  /** Superuser connection string. */
  readonly url: string
  readonly pool: pg.Pool
  /** Ends the pool and drops the database; fails when a test left a session behind on purpose or not. */
  drop(): Promise<void>
}

/**
 * A fresh database, empty or cloned from `template`, of the shared test server or of another one, whose superuser
 * connection string is `server`. Call `drop()` in `afterAll`.
 */
export async function createTestDatabase(
  options: { template?: string; server?: string } = {},
): Promise<TestDatabase> {
  const { server } = options
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(`CREATE DATABASE ${name}${options.template ? ` TEMPLATE ${options.template}` : ''}`, server)
  const url = databaseUrl(name, server)
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  pool.on('error', () => {})
  return {
    name,
    url,
    pool,
    async drop() {
      await pool.end()
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`, server)
    },
  }
}

/** Connection string to another database of the shared test server, or of the one given. */
export function databaseUrl(name: string, server: string = inject('serverUrl')): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

export async function asAdmin(sql: string, server: string = inject('serverUrl')): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
