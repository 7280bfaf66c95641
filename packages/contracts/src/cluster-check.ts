/** Everything that is looked at before a database becomes a cluster, in the order in which it is shown. */
export const clusterChecks = {
  reach: 'The host answers',
  tls: 'The connection is encrypted',
  login: 'The user is let in',
  version: 'PostgreSQL 15 or newer',
  writable: 'The server takes writes',
  rights: 'The user may install and administer',
  control: 'Not the control database',
  twin: 'No other cluster’s database',
  prepared: 'No prepared transactions',
  extensions: 'No extensions that reach outside',
  languages: 'No untrusted languages',
  encryption: 'Passwords are kept as SCRAM',
  locks: 'Room in the lock table',
  connections: 'Room for the workers’ connections',
  worker_login: 'Workers and tenants are let in',
  temp_files: 'Temporary files have a ceiling',
  schemas: 'Schemas that are there already',
} as const
export type ClusterCheckName = keyof typeof clusterChecks

/** One answer. Errors keep a database from becoming a cluster, warnings do not. */
export interface ClusterCheck {
  readonly check: ClusterCheckName
  readonly outcome: 'ok' | 'warning' | 'error'
  /** What is so and why it matters, in a sentence. */
  readonly message: string
  /** What mends it: SQL, or a line of pg_hba.conf; null when nothing is to be mended, or not there. */
  readonly mend: string | null
}

/** What a look at a database has found. */
export interface ClusterReport {
  readonly checks: readonly ClusterCheck[]
  readonly serverVersion: string | null
  /** Names of schemas that tenants could be made of; at most 50. */
  readonly schemas: readonly string[]
}
