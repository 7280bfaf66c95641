import type pg from 'pg'

export interface GuardedConnection {
  /** The worker's pool: same server, same database, same TLS. */
  readonly pool: pg.Pool
  /** The tenant's owner role and its schema. */
  readonly owner: string
  readonly schema: string
  readonly secret: string
  readonly applicationName: string
  readonly statementTimeoutMs: number
  readonly lockTimeoutMs: number
  readonly idleTimeoutMs: number
}

/** How to connect as a tenant. The limits are startup options, because a role's own settings cannot override those. */
export function guardedConnection(wanted: GuardedConnection): pg.ClientConfig {
  const { connectionString, ...base } = wanted.pool.options
  const settings = {
    search_path: wanted.schema,
    statement_timeout: wanted.statementTimeoutMs,
    lock_timeout: wanted.lockTimeoutMs,
    idle_in_transaction_session_timeout: wanted.idleTimeoutMs,
  }
  const config: pg.ClientConfig = {
    ...base,
    application_name: wanted.applicationName,
    // Behind the server's own limit: it counts only when the server has fallen silent.
    query_timeout: wanted.statementTimeoutMs + 5000,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  }
  if (!connectionString) return { ...config, user: wanted.owner, password: wanted.secret }
  const url = new URL(connectionString)
  url.username = wanted.owner
  url.password = wanted.secret
  return { ...config, connectionString: url.href }
}
