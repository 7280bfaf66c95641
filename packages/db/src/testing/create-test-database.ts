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
 * A fresh database of the shared test server, empty or cloned from `template`.
 * Call `drop()` in `afterAll`.
 */
export async function createTestDatabase(options: { template?: string } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(`CREATE DATABASE ${name}${options.template ? ` TEMPLATE ${options.template}` : ''}`)
  const url = databaseUrl(name)
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  pool.on('error', () => {})
  return {
    name,
    url,
    pool,
    async drop() {
      await pool.end()
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

/** Connection string to another database of the shared test server. */
export function databaseUrl(name: string): string {
  const url = new URL(inject('serverUrl'))
  url.pathname = `/${name}`
  return url.href
}

export async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('serverUrl') })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
