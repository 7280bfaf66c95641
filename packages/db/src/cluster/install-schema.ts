import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { clusterSql } from './cluster-sql.ts'

/**
 * Installs or upgrades the schema `tenantry`, its roles and the hardening in the database of `admin`, in one
 * transaction. True when anything had to be done; a repeat reads one row.
 */
export async function installSchema(admin: pg.Client): Promise<boolean> {
  if (await isInstalled(admin)) return false
  return retryOnRace(async () => {
    await admin.query('BEGIN')
    try {
      await admin.query(`SELECT pg_advisory_xact_lock(hashtext('tenantry.install'))`)
      const changed = !(await isInstalled(admin))
      if (changed) await install(admin)
      await admin.query('COMMIT')
      return changed
    } catch (error) {
      await admin.query('ROLLBACK')
      throw error
    }
  })
}

async function isInstalled(admin: pg.Client): Promise<boolean> {
  const { rows } = await admin.query(`SELECT to_regclass('tenantry.installation') AS found`)
  if (!rows[0]?.found) return false
  const installed = await admin.query(
    `SELECT 1 FROM tenantry.installation i JOIN pg_database d ON d.oid = i.database_oid
     WHERE i.checksum = $1 AND d.datname = current_database()`,
    [clusterSql().checksum],
  )
  return installed.rowCount === 1
}

async function install(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query(`SELECT oid FROM pg_database WHERE datname = current_database()`)
  const databaseOid: number = rows[0].oid
  // Roles belong to the server, databases do not share them: neither may a tenant of one get into another, nor may the
  // worker's password of one be that of another.
  const workerRole = `tenantry_worker_${databaseOid}`
  const tenantsRole = `tenantry_tenants_${databaseOid}`
  await ensureRole(admin, workerRole)
  await ensureRole(admin, tenantsRole)
  await admin.query(`
    SET LOCAL client_min_messages = error;
    SET LOCAL check_function_bodies = off;
    CREATE SCHEMA IF NOT EXISTS tenantry`)
  await dropFunctions(admin)
  for (const { name, sql } of clusterSql().files) {
    await admin.query(sql).catch((cause) => {
      throw new Error(`sql/cluster/${name}: ${cause.message}`, { cause })
    })
  }
  await admin.query(
    `INSERT INTO tenantry.installation (checksum, database_oid, tenants_role, worker_role) VALUES ($1, $2, $3, $4)
     ON CONFLICT (only_row) DO UPDATE SET checksum = excluded.checksum, database_oid = excluded.database_oid,
       tenants_role = excluded.tenants_role, worker_role = excluded.worker_role, installed_at = clock_timestamp()`,
    [clusterSql().checksum, databaseOid, tenantsRole, workerRole],
  )
  await admin.query('SELECT tenantry.harden_database(), tenantry.grant_access()')
}

/** Functions go before they come again: CREATE OR REPLACE cannot change a result type, and old ones must not stay. */
async function dropFunctions(admin: pg.Client): Promise<void> {
  await admin.query(`DO $$
    DECLARE v_function regprocedure;
    BEGIN
      FOR v_function IN SELECT oid FROM pg_proc WHERE pronamespace = 'tenantry'::regnamespace LOOP
        EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', v_function);
      END LOOP;
    END $$`)
}

async function ensureRole(admin: pg.Client, role: string): Promise<void> {
  const { rowCount } = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])
  if (rowCount === 0) await admin.query(`CREATE ROLE ${pg.escapeIdentifier(role)} NOLOGIN`)
}

/**
 * Roles belong to the whole server, so that installations in two of its databases can meet: one is then told that the
 * role exists or was updated at once, and does it again.
 */
export async function retryOnRace<T>(attempt: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await attempt()
    } catch (error) {
      const { code, message } = error as pg.DatabaseError
      const raced = code === '23505' || code === '42710' || /concurrently (updated|deleted)/.test(message)
      if (!raced || round === 8) throw error
      await delay(20 * round * Math.random())
    }
  }
}
