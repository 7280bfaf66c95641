import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(import.meta.dirname, '../../sql/cluster')

export interface ClusterSql {
  /** Every file in the order in which it is applied: tables, then functions. */
  readonly files: readonly { readonly name: string; readonly sql: string }[]
  /** SHA-256 over all names and texts: equal checksum, equal installation. */
  readonly checksum: string
}

let read: ClusterSql | undefined

/** The SQL that an installation consists of, read once a process. */
export function clusterSql(): ClusterSql {
  if (read) return read
  const names = [...sqlFiles('tables'), ...sqlFiles('.'), ...sqlFiles('fingerprint'), ...sqlFiles('adoption')]
  const files = names.map((name) => ({ name, sql: readFileSync(path.join(root, name), 'utf8') }))
  const hash = createHash('sha256')
  for (const { name, sql } of files) hash.update(`${name}\0${sql}\0`)
  read = { files, checksum: hash.digest('hex') }
  return read
}

function sqlFiles(folder: string): string[] {
  const names = readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.sql'))
  return names.sort().map((name) => path.join(folder, name))
}
