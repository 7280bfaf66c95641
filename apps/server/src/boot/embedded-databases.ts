import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { openClient } from '@tenantry/db'
import { adoptEmbedded, type EmbeddedServer, startEmbedded } from '@tenantry/db/embedded'

export interface EmbeddedDatabases {
  readonly server: EmbeddedServer
  readonly controlUrl: string
  /** Of the two databases that tenants live in. */
  readonly clusterUrls: readonly [string, string]
}

/**
 * Starts (or adopts) the embedded server under `home` with a control database and two for tenants; those that
 * an older release has not made are made now. The caller holds the lock of `home`.
 */
export async function startEmbeddedDatabases(home: string): Promise<EmbeddedDatabases> {
  const server = await startEmbedded(optionsOf(home))
  try {
    const client = await openClient(server.url, 'tenantry prepare')
    try {
      for (const name of ['tenantry_control', 'tenantry_cluster', 'tenantry_cluster_2']) {
        const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
        if (!rowCount) await client.query(`create database ${name}`)
      }
    } finally {
      await client.end()
    }
  } catch (error) {
    await server.stop()
    throw error
  }
  return databasesOf(server)
}

/** The embedded databases that another process keeps under `home`; undefined while they do not run. */
export async function findEmbeddedDatabases(home: string): Promise<EmbeddedDatabases | undefined> {
  const server = await adoptEmbedded(optionsOf(home))
  return server && databasesOf(server)
}

/** Starts the embedded server again where its clients expect it. */
export function restartEmbedded(home: string, port: number): Promise<EmbeddedServer> {
  return startEmbedded({ ...optionsOf(home), port })
}

function optionsOf(home: string) {
  const password = keptSecret(path.join(home, 'postgres.password'), () =>
    randomBytes(24).toString('base64url'),
  )
  return { dir: path.join(home, 'postgres'), password }
}

function databasesOf(server: EmbeddedServer): EmbeddedDatabases {
  const urlOf = (name: string) => server.url.replace(/\/postgres$/, `/${name}`)
  return {
    server,
    controlUrl: urlOf('tenantry_control'),
    clusterUrls: [urlOf('tenantry_cluster'), urlOf('tenantry_cluster_2')],
  }
}

/** The master key of an embedded installation: made at the first start, readable by its owner alone. */
export function embeddedMasterKey(home: string): Buffer {
  return Buffer.from(
    keptSecret(path.join(home, 'master.key'), () => randomBytes(32).toString('base64')),
    'base64',
  )
}

function keptSecret(file: string, make: () => string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const secret = make()
  writeFileSync(file, `${secret}\n`, { mode: 0o600 })
  return secret
}
