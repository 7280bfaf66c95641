import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { MeteredPool, type OnStatement } from '../metering/metered-client.ts'
import * as schema from '../schema/index.ts'

export type ControlSchema = typeof schema
/** The control database, or a transaction in it. */
export type Database = NodePgDatabase<ControlSchema>

export interface ControlConnection {
  readonly db: Database
  readonly pool: pg.Pool
}

/**
 * A pool on the control database that acts as `tenantry_runtime`, whoever the connection string names: what the code
 * should never do, the database refuses.
 */
export function openControl(
  url: string,
  options: {
    name: string
    max?: number
    onError?: (error: Error) => void
    onStatement?: OnStatement | undefined
  },
): ControlConnection {
  const pool = new MeteredPool({
    onStatement: options.onStatement,
    connectionString: url,
    application_name: options.name,
    max: options.max ?? 10,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    query_timeout: 60_000,
    // A process that is stopped in the middle of a transaction must not keep its locks from all others.
    options:
      '-c role=tenantry_runtime -c search_path=control,pg_catalog -c timezone=UTC -c idle_in_transaction_session_timeout=15s',
  })
  const onError = options.onError ?? (() => {})
  pool.on('error', onError)
  // A client that was checked out and waits between two queries has no other listener: its end must not be ours.
  pool.on('connect', (client) => client.on('error', onError))
  const db = drizzle(pool, { schema })
  // Drizzle's own never gives a client back whose connection is lost at `begin`: each outage would shrink the pool.
  db.transaction = async (work, config) => {
    const client = await pool.connect()
    try {
      return await drizzle(client, { schema }).transaction(work, config)
    } finally {
      client.release()
    }
  }
  return { pool, db }
}
