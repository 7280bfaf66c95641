import type { ClusterCheck } from '@tenantry/contracts'
import type pg from 'pg'
import { error, ok } from './outcome.ts'
import type { Facts } from './read-facts.ts'

/** Which database it is, whatever its address is called. */
export interface ClusterIdentity {
  /** Of the server's data directory; null where the server does not tell. */
  readonly systemIdentifier: string | null
  readonly databaseOid: number
  /** Of Tenantry's side; null before it is installed. */
  readonly installationId: string | null
}

export interface KnownCluster extends ClusterIdentity {
  readonly name: string
  readonly endpoint: { readonly host: string; readonly port: number; readonly database: string }
  /** Let go of: it may come again. */
  readonly detached: boolean
}

/** @param admin a connection as the installer */
export async function readIdentity(admin: pg.ClientBase): Promise<ClusterIdentity> {
  const { rows } = await admin.query<{ oid: number; told: boolean; has_id: boolean }>(`
    SELECT oid::bigint::float8 AS oid,
      has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') AS told,
      EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('tenantry.installation') AND attname = 'id') AS has_id
    FROM pg_database WHERE datname = current_database()`)
  const { oid = 0, told, has_id } = rows[0] ?? {}
  const first = async (sql: string) => (await admin.query<{ one: string }>(sql)).rows[0]?.one ?? null
  return {
    systemIdentifier: told
      ? await first('SELECT system_identifier::text AS one FROM pg_control_system()').catch(() => null)
      : null,
    databaseOid: oid,
    installationId: has_id ? await first('SELECT id::text AS one FROM tenantry.installation') : null,
  }
}

/** The same database of the same server. Without the server's word, the address must do. */
export function isSameDatabase(one: ClusterIdentity, other: ClusterIdentity): boolean | undefined {
  if (one.systemIdentifier === null || other.systemIdentifier === null) return undefined
  return one.systemIdentifier === other.systemIdentifier && one.databaseOid === other.databaseOid
}

/** Whether the database is somebody's already: a cluster of ours, a copy of one, or another control plane's. */
export function twinCheck(
  facts: Facts,
  identity: ClusterIdentity,
  lanes: number,
  known: readonly KnownCluster[],
  url: string,
): ClusterCheck {
  const { hostname, port } = new URL(url)
  const isHere = (one: KnownCluster) =>
    isSameDatabase(identity, one) ??
    (one.endpoint.host === hostname &&
      one.endpoint.port === Number(port || 5432) &&
      one.endpoint.database === facts.database)
  const living = known.filter(({ detached }) => !detached)
  const twin = living.find(isHere)
  if (twin) return error('twin', `${facts.database} is the cluster ${twin.name} already.`, null)
  const isOf = (one: KnownCluster) =>
    identity.installationId !== null && identity.installationId === one.installationId
  const original = living.find(isOf)
  const anew = `DROP SCHEMA tenantry CASCADE;\n-- the tenants’ schemas stay, and can be adopted`
  if (original) {
    return error('twin', `${facts.database} is a copy of the cluster ${original.name}.`, anew)
  }
  if (lanes > 0 && !known.some(isOf)) {
    return error(
      'twin',
      `Another control plane has ${lanes} tenants in ${facts.database}: two would work against each other.`,
      anew,
    )
  }
  return ok('twin', `${facts.database} is no cluster${facts.isInstalled ? ' any more' : ''}.`)
}

/** Whether it is the very cluster that its registration names, and not another one. */
export function selfCheck(facts: Facts, identity: ClusterIdentity, self: KnownCluster): ClusterCheck {
  const isIt =
    self.installationId === null
      ? (isSameDatabase(identity, self) ?? true)
      : identity.installationId === self.installationId
  return isIt
    ? ok('twin', `${facts.database} is the cluster ${self.name}.`)
    : error(
        'twin',
        `${facts.database} is not the database of ${self.name}: Tenantry’s installation there is another one, or none.`,
        null,
      )
}
