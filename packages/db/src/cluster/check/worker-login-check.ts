import { randomBytes } from 'node:crypto'
import type { ClusterCheck } from '@tenantry/contracts'
import pg from 'pg'
import { asRole } from '../install-cluster.ts'
import { scramVerifier } from '../scram-verifier.ts'
import { hbaLine } from './dial.ts'
import { error, ok, warning } from './outcome.ts'
import type { Facts } from './read-facts.ts'

/**
 * Tries whether the worker and a tenant would be let in from here: as two roles named like theirs, made for the try and
 * dropped after it. On a database that is a cluster the worker's own logins tell, so that nothing is tried there.
 */
export async function workerLoginCheck(
  admin: pg.ClientBase,
  url: string,
  facts: Facts,
): Promise<ClusterCheck> {
  if (!facts.super && !facts.createRole) {
    return warning('worker_login', `Not tried: ${facts.user} cannot make roles.`, null)
  }
  for (const role of [`tenantry_worker_${facts.databaseOid}`, `tn_${'0'.repeat(26)}`]) {
    const refusal = await tryLogin(admin, url, role, facts.database)
    if (refusal) {
      const { message } = refusal
      return error(
        'worker_login',
        `A role like ${role} is not let in: ${message}.`,
        hbaLine(message, facts.database),
      )
    }
  }
  return ok('worker_login', 'Roles like those of the worker and of tenants are let in from here.')
}

async function tryLogin(
  admin: pg.ClientBase,
  url: string,
  role: string,
  database: string,
): Promise<Error | undefined> {
  const { rowCount } = await admin.query('SELECT FROM pg_roles WHERE rolname = $1 AND rolcanlogin', [role])
  // Its password must stay what it is: somebody uses it.
  if (rowCount) return undefined
  const password = randomBytes(24).toString('base64url')
  const name = pg.escapeIdentifier(role)
  const home = pg.escapeIdentifier(database)
  await admin.query(`DROP ROLE IF EXISTS ${name}`)
  await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD '${scramVerifier(password)}'`)
  try {
    await admin.query(`GRANT CONNECT ON DATABASE ${home} TO ${name}`)
    return await logIn(asRole(url, role, password))
  } finally {
    await admin.query(`REVOKE CONNECT ON DATABASE ${home} FROM ${name}; DROP ROLE ${name}`)
  }
}

async function logIn(url: string): Promise<Error | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return undefined
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause))
  } finally {
    await client.end().catch(() => {})
  }
}
