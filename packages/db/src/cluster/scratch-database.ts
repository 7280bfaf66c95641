import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { openClient } from '../open-client.ts'
import { installSchema, retryOnRace } from './install-schema.ts'
import type { SnapshotNames } from './render-snapshot.ts'

/** A tenant that lives in a scratch database only; its names are random, so that they can stand for any tenant's. */
export interface StandIn {
  readonly tenantId: string
  readonly names: SnapshotNames
}

export interface ScratchDatabase {
  /** Superuser connection string. */
  readonly url: string
  /** Connections as that superuser. */
  readonly pool: pg.Pool
  createStandIn(): Promise<StandIn>
}

const prefix = 'tenantry_scratch_'
const standInPrefix = 'tn_00000scratch'
/** Nothing that is built in a scratch database takes this long: what is older was left by a process that died. */
const abandonedAfterMs = 30 * 60_000

/**
 * Calls `use` with an empty database on the cluster's server: hardened as the cluster is, with the same extensions and
 * functions. The database and every role made for it are dropped afterwards, whatever happens.
 */
export async function withScratchDatabase<T>(
  adminUrl: string,
  use: (scratch: ScratchDatabase) => Promise<T>,
): Promise<T> {
  const home = await openClient(adminUrl, 'tenantry:scratch')
  try {
    await dropAbandoned(home)
    const name = `${prefix}${stamp()}`
    await home.query(`CREATE DATABASE ${name} TEMPLATE template0`)
    const url = new URL(adminUrl)
    url.pathname = `/${name}`
    const pool = new pg.Pool({ connectionString: url.href, max: 2, application_name: 'tenantry:scratch' })
    pool.on('error', () => {})
    const standIns: StandIn[] = []
    try {
      await prepare(home, url.href)
      return await use({
        url: url.href,
        pool,
        async createStandIn() {
          const standIn = newStandIn()
          standIns.push(standIn)
          await create(pool, standIn)
          return standIn
        },
      })
    } finally {
      await pool.end()
      await drop(
        home,
        name,
        standIns.map(({ tenantId }) => tenantId),
      )
    }
  } finally {
    await home.end()
  }
}

/** Extensions first: the schema that they live in must be open to tenants here exactly if it is there. */
async function prepare(home: pg.Client, url: string): Promise<void> {
  const extensions = await home.query<{ name: string; schema: string; open: boolean }>(
    `SELECT e.extname AS name, n.nspname AS schema, has_schema_privilege('public', n.oid, 'USAGE') AS open
     FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
     WHERE n.nspname <> 'pg_catalog' ORDER BY e.oid`,
  )
  const scratch = await openClient(url, 'tenantry:scratch')
  try {
    await installSchema(scratch)
    for (const { name, schema, open } of extensions.rows) {
      const [extension, home] = [pg.escapeIdentifier(name), pg.escapeIdentifier(schema)]
      await scratch.query(`CREATE SCHEMA IF NOT EXISTS ${home}`)
      await scratch.query(`CREATE EXTENSION IF NOT EXISTS ${extension} SCHEMA ${home} CASCADE`)
      if (open) await scratch.query(`GRANT USAGE ON SCHEMA ${home} TO PUBLIC`)
    }
  } finally {
    await scratch.end()
  }
}

function newStandIn(): StandIn {
  const tenantId = `${standInPrefix}${stamp()}`
  const schema = `t_snapshot${randomBytes(8).toString('hex')}`
  return {
    tenantId,
    names: { schema, owner: tenantId, writer: `${tenantId}_w`, app: `${tenantId}_app` },
  }
}

async function create(pool: pg.Pool, { tenantId, names }: StandIn): Promise<void> {
  await pool.query(`SELECT tenantry.create_tenant_roles($1, $2, 'roles of ' || $1, 1)`, [
    tenantId,
    names.schema,
  ])
  await pool.query(`SELECT tenantry.create_tenant_schema($1, 'schema of ' || $1, 1)`, [tenantId])
}

async function drop(home: pg.Client, name: string, tenantIds: readonly string[]): Promise<void> {
  await home.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  for (const id of tenantIds) await home.query(`DROP ROLE IF EXISTS ${id}, ${id}_w, ${id}_app`)
  await dropRolesOfNoDatabase(home)
}

/** What earlier processes left behind when they were killed. Another one may be at the same, so every drop may find nothing. */
async function dropAbandoned(home: pg.Client): Promise<void> {
  const found = await home.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)
     UNION ALL SELECT rolname FROM pg_roles WHERE starts_with(rolname, $2) AND length(rolname) = 29`,
    [prefix, standInPrefix],
  )
  for (const { name } of found.rows) {
    const made = Number.parseInt(name.slice(-14, -5), 36)
    if (Date.now() - made < abandonedAfterMs) continue
    if (name.startsWith(prefix)) await drop(home, name, [])
    else await home.query(`DROP ROLE IF EXISTS ${name}, ${name}_w, ${name}_app`)
  }
}

/** The group and the worker of an installation carry their database's oid; whatever still depends on them is spared. */
async function dropRolesOfNoDatabase(home: pg.Client): Promise<void> {
  const { rows } = await home.query<{ name: string }>(
    `SELECT rolname AS name FROM pg_roles r
     WHERE rolname ~ '^tenantry_(tenants|worker)_[0-9]+$'
       AND substring(rolname FROM '[0-9]+$') NOT IN (SELECT oid::text FROM pg_database)
       AND NOT EXISTS (SELECT FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND refobjid = r.oid)`,
  )
  for (const { name } of rows) await retryOnRace(() => home.query(`DROP ROLE IF EXISTS ${name}`))
}

/** 14 letters or digits: the time in nine, then five at random. */
function stamp(): string {
  const time = Date.now().toString(36).padStart(9, '0')
  const random = randomBytes(5).readUIntBE(0, 5) % 36 ** 5
  return time + random.toString(36).padStart(5, '0')
}
