import type pg from 'pg'

/** What the checks stand on, read from the catalogs and settings alone. */
export interface Facts {
  readonly user: string
  readonly database: string
  readonly databaseOid: number
  readonly version: number
  readonly serverVersion: string
  readonly readOnly: boolean
  readonly super: boolean
  readonly createRole: boolean
  readonly createDatabase: boolean
  readonly owner: boolean
  readonly create: boolean
  readonly signal: boolean
  readonly monitor: boolean
  readonly prepared: number
  readonly locks: number
  readonly encryption: string
  readonly tempLimit: string
  readonly connections: number
  readonly maxConnections: number
  readonly reservedConnections: number
  readonly extensions: string[]
  readonly languages: string[]
  readonly isControl: boolean
  readonly isInstalled: boolean
}

/** @param admin a connection as the installer */
export async function readFacts(admin: pg.ClientBase | pg.Pool): Promise<Facts> {
  const { rows } = await admin.query<Facts>(`
    SELECT current_user::text AS "user", current_database()::text AS database, d.oid::bigint::float8 AS "databaseOid",
      current_setting('server_version_num')::int AS version,
      current_setting('server_version') AS "serverVersion",
      pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool AS "readOnly",
      r.rolsuper AS super, r.rolcreaterole AS "createRole", r.rolcreatedb AS "createDatabase",
      pg_has_role(current_user, d.datdba, 'USAGE') AS owner,
      has_database_privilege(d.oid, 'CREATE') AS "create",
      pg_has_role(current_user, 'pg_signal_backend', 'USAGE') AS signal,
      pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS monitor,
      current_setting('max_prepared_transactions')::int AS prepared,
      current_setting('max_locks_per_transaction')::int AS locks,
      current_setting('password_encryption') AS encryption,
      current_setting('temp_file_limit') AS "tempLimit",
      (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS connections,
      current_setting('max_connections')::int AS "maxConnections",
      current_setting('superuser_reserved_connections')::int
        + coalesce(current_setting('reserved_connections', true)::int, 0) AS "reservedConnections",
      ARRAY(SELECT extname::text FROM pg_extension
            WHERE extname IN ('dblink', 'postgres_fdw', 'file_fdw', 'adminpack') ORDER BY 1) AS extensions,
      ARRAY(SELECT lanname::text FROM pg_language
            WHERE NOT lanpltrusted AND lanname NOT IN ('internal', 'c') ORDER BY 1) AS languages,
      to_regclass('control.operation') IS NOT NULL AS "isControl",
      to_regclass('tenantry.installation') IS NOT NULL AS "isInstalled"
    FROM pg_database d, pg_roles r
    WHERE d.datname = current_database() AND r.rolname = current_user`)
  const [facts] = rows
  if (!facts) throw new Error('the catalog does not know this database')
  return facts
}
