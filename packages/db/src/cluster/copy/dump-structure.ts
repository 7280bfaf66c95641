import type pg from 'pg'
import { dumpSchema } from '../dump-schema.ts'
import { reduceDump } from '../reduce-dump.ts'
import type { SnapshotNames } from '../render-snapshot.ts'

/**
 * A schema's own DDL as one script for another tenant, dumped as its owner. Names are replaced as whole words wherever
 * they stand; whether that was right the fingerprint tells afterwards.
 * @param owner logs in as the schema's owner
 * @throws with pg_dump's own words
 */
export async function dumpStructure(
  owner: pg.ClientConfig,
  from: SnapshotNames,
  to: SnapshotNames,
): Promise<string> {
  const sql = await reduceDump(await dumpSchema(owner, from.schema, { privileges: true, rows: false }))
  const words = new Map((['schema', 'owner', 'writer', 'app'] as const).map((part) => [from[part], to[part]]))
  const anyOf = [...words.keys()].sort((a, b) => b.length - a.length).join('|')
  return sql.replace(new RegExp(`(?<![\\w$])(${anyOf})(?![\\w$])`, 'g'), (name) => words.get(name) ?? name)
}
