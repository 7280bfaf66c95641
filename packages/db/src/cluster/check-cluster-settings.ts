import type pg from 'pg'

export interface SettingFinding {
  /** Stable name of the check, such as `max_prepared_transactions`. */
  readonly check: string
  readonly severity: 'error' | 'warning'
  /** What is so, why it matters, what to do. */
  readonly message: string
}

interface Facts {
  readonly prepared: number
  readonly locks: number
  readonly encryption: string
  readonly super: boolean
  readonly version: number
  readonly extensions: string[]
  readonly languages: string[]
}

/**
 * What about a cluster's server weakens the isolation or the limits of tenants and cannot be set from here.
 * Empty when all is well.
 * @param admin a connection as the installer
 */
export async function checkClusterSettings(admin: pg.ClientBase | pg.Pool): Promise<SettingFinding[]> {
  const { rows } = await admin.query<Facts>(`
    SELECT current_setting('max_prepared_transactions')::int AS prepared,
           current_setting('max_locks_per_transaction')::int AS locks,
           current_setting('password_encryption') AS encryption,
           current_setting('server_version_num')::int AS version,
           (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS super,
           ARRAY(SELECT extname::text FROM pg_extension
                 WHERE extname IN ('dblink', 'postgres_fdw', 'file_fdw', 'adminpack')) AS extensions,
           ARRAY(SELECT lanname::text FROM pg_language
                 WHERE NOT lanpltrusted AND lanname NOT IN ('internal', 'c')) AS languages`)
  const [facts] = rows
  return facts ? checks.flatMap((check) => check(facts) ?? []) : []
}

const checks: readonly ((facts: Facts) => SettingFinding | undefined)[] = [
  ({ version }) =>
    version < 150000
      ? error(
          'server_version',
          'PostgreSQL is older than 15. Upgrade it: tenants cannot be isolated on older ones.',
        )
      : undefined,
  ({ prepared }) =>
    prepared > 0
      ? error(
          'max_prepared_transactions',
          `max_prepared_transactions is ${prepared}: a tenant could prepare a transaction whose locks outlive its ` +
            'session. Set it to 0 and restart.',
        )
      : undefined,
  ({ extensions }) =>
    extensions.length > 0
      ? error(
          'extensions',
          `The extensions ${extensions.join(', ')} open connections or files from SQL. Drop them from this database.`,
        )
      : undefined,
  ({ languages }) =>
    languages.length > 0
      ? error(
          'languages',
          `The untrusted languages ${languages.join(', ')} run with the rights of the server. Drop them from this database.`,
        )
      : undefined,
  ({ super: isSuper }) =>
    isSuper
      ? undefined
      : warning(
          'superuser',
          'The installer is not a superuser: functions of pg_catalog stay open to tenants (advisory locks, large ' +
            'objects), temporary files have no ceiling, and no event trigger guards the tenants’ group.',
        ),
  ({ encryption }) =>
    encryption === 'scram-sha-256'
      ? undefined
      : warning('password_encryption', `password_encryption is ${encryption}. Set it to scram-sha-256.`),
  ({ locks }) =>
    locks < 256
      ? warning(
          'max_locks_per_transaction',
          `max_locks_per_transaction is ${locks}: one migration that makes thousands of tables could use up the locks ` +
            'of all tenants. Set it to 256 or more and restart.',
        )
      : undefined,
]

function error(check: string, message: string): SettingFinding {
  return { check, severity: 'error', message }
}

function warning(check: string, message: string): SettingFinding {
  return { check, severity: 'warning', message }
}
