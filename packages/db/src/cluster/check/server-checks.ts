import type { ClusterCheck } from '@tenantry/contracts'
import { atReload, atRestart, error, ok, warning } from './outcome.ts'
import type { Facts } from './read-facts.ts'

/** What must be so of the server as a whole. */
export function serverChecks(facts: Facts): ClusterCheck[] {
  return [version(facts), writable(facts), prepared(facts), encryption(facts), locks(facts), tempFiles(facts)]
}

function version({ version: number, serverVersion }: Facts): ClusterCheck {
  return number < 150000
    ? error(
        'version',
        `It is PostgreSQL ${serverVersion}: tenants cannot be isolated before 15. Upgrade it.`,
        null,
      )
    : ok('version', `PostgreSQL ${serverVersion}.`)
}

function writable({ readOnly }: Facts): ClusterCheck {
  return readOnly
    ? error(
        'writable',
        'It takes no writes: a standby, or read-only by its settings. Name the primary.',
        null,
      )
    : ok('writable', 'It is a primary and takes writes.')
}

function prepared({ prepared: count }: Facts): ClusterCheck {
  return count > 0
    ? error(
        'prepared',
        `max_prepared_transactions is ${count}: a tenant could prepare a transaction whose locks outlive its session.`,
        atRestart('max_prepared_transactions', '0'),
      )
    : ok('prepared', 'max_prepared_transactions is 0.')
}

function encryption({ encryption: method }: Facts): ClusterCheck {
  return method === 'scram-sha-256'
    ? ok('encryption', 'password_encryption is scram-sha-256.')
    : warning(
        'encryption',
        `password_encryption is ${method}: passwords set by hand can be guessed from what the server keeps.`,
        atReload('password_encryption', "'scram-sha-256'"),
      )
}

function locks({ locks: count }: Facts): ClusterCheck {
  return count < 256
    ? warning(
        'locks',
        `max_locks_per_transaction is ${count}: one migration that makes thousands of tables could use up the locks of all tenants.`,
        atRestart('max_locks_per_transaction', '256'),
      )
    : ok('locks', `max_locks_per_transaction is ${count}.`)
}

function tempFiles({ super: isSuper, tempLimit }: Facts): ClusterCheck {
  if (isSuper) return ok('temp_files', 'Each tenant’s role gets a ceiling of 1 GB from Tenantry.')
  return tempLimit === '-1'
    ? warning(
        'temp_files',
        'temp_file_limit is off, and only a superuser may set it for a role: one query could fill the disk.',
        atReload('temp_file_limit', "'1GB'"),
      )
    : ok('temp_files', `temp_file_limit is ${tempLimit} for everybody.`)
}

/** Connections that one worker process and its looks take on a cluster. */
export const connectionsOf = (maxConcurrency: number) => maxConcurrency * 2 + 2

/** Whether the workers find connections beside everybody else. */
export function connectionsCheck(facts: Facts, maxConcurrency: number): ClusterCheck {
  const { connections, maxConnections, reservedConnections } = facts
  const free = maxConnections - reservedConnections - connections
  const needed = connectionsOf(maxConcurrency)
  return free < needed
    ? warning(
        'connections',
        `${free} of ${maxConnections} connections are free now, and a worker with ${maxConcurrency} operations at once takes up to ${needed}.`,
        atRestart('max_connections', String(maxConnections + Math.max(needed * 2, 50))),
      )
    : ok('connections', `${free} of ${maxConnections} connections are free; a worker takes up to ${needed}.`)
}
