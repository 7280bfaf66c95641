import pg from 'pg'
import { openClient } from '../open-client.ts'
import { type ClusterIdentity, readIdentity } from './check/identity.ts'
import { installSchema, retryOnRace } from './install-schema.ts'
import { scramVerifier } from './scram-verifier.ts'

export interface InstalledCluster {
  /** Connection string of the database's role `tenantry_worker_<oid>`, the only one that the worker process needs. */
  readonly workerUrl: string
  /** False when this very version was installed already. */
  readonly changed: boolean
  readonly identity: ClusterIdentity
}

/**
 * Makes the database behind `adminUrl` a cluster of Tenantry, or brings it up to date; safe to repeat at every start.
 * @param options.workerPassword takes the place of the worker's present one if that is another
 * @param adminUrl a superuser of that database
 * @throws the server's own error; the database is then as it was
 */
export async function installCluster(
  adminUrl: string,
  options: { workerPassword: string },
): Promise<InstalledCluster> {
  const admin = await openClient(adminUrl, 'tenantry:install')
  try {
    const changed = await installSchema(admin)
    const { rows } = await admin.query<{ role: string }>(
      'SELECT worker_role AS role FROM tenantry.installation',
    )
    const workerRole = rows[0]?.role ?? ''
    const workerUrl = asRole(adminUrl, workerRole, options.workerPassword)
    if (!(await canLogIn(workerUrl))) {
      const verifier = scramVerifier(options.workerPassword)
      await retryOnRace(() =>
        admin.query(`ALTER ROLE ${pg.escapeIdentifier(workerRole)} LOGIN PASSWORD '${verifier}'`),
      )
    }
    return { workerUrl, changed, identity: await readIdentity(admin) }
  } finally {
    await admin.end()
  }
}

/** The same server and database as `url`, as another role. */
export function asRole(url: string, role: string, password: string): string {
  const changed = new URL(url)
  changed.username = role
  changed.password = encodeURIComponent(password)
  return changed.href
}

async function canLogIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return true
  } catch (error) {
    if (['28P01', '28000'].includes((error as pg.DatabaseError).code ?? '')) return false
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}
