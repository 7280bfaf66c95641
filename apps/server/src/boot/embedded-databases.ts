import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type EmbeddedServer, startEmbedded } from '@tenantry/db/embedded'
import pg from 'pg'

export interface EmbeddedDatabases {
  readonly server: EmbeddedServer
  readonly controlUrl: string
  readonly clusterUrl: string
}

/** Starts (or adopts) the embedded server under `home` with a control database and a first cluster database. */
export async function startEmbeddedDatabases(home: string): Promise<EmbeddedDatabases> {
  const password = keptSecret(path.join(home, 'postgres.password'), () =>
    randomBytes(24).toString('base64url'),
  )
  const server = await startEmbedded({ dir: path.join(home, 'postgres'), password })
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  try {
    for (const name of ['tenantry_control', 'tenantry_cluster']) {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
      if (!rowCount) await client.query(`create database ${name}`)
    }
  } finally {
    await client.end()
  }
  const urlOf = (name: string) => server.url.replace(/\/postgres$/, `/${name}`)
  return { server, controlUrl: urlOf('tenantry_control'), clusterUrl: urlOf('tenantry_cluster') }
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
