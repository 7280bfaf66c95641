import { createHash } from 'node:crypto'
import type pg from 'pg'

/** Each object of a schema with its hash, free of the tenant's own names. */
export type StructureObjects = ReadonlyMap<string, string>

/** The object that tells who may use the schema: closing a tenant changes it and nothing else. */
const schemaItself = 'schema'

export async function structureOf(pool: pg.Pool, schema: string): Promise<StructureObjects> {
  const { rows } = await pool.query<{ object: string; hash: string }>(
    'SELECT object, hash FROM tenantry.fingerprint_objects($1)',
    [schema],
  )
  return new Map(rows.map(({ object, hash }) => [object, hash]))
}

/** What differs between two schemas, object by object; whether a schema is open to its product does not count. */
export function structuralDifferences(source: StructureObjects, copy: StructureObjects): string[] {
  const names = [...new Set([...source.keys(), ...copy.keys()])]
    .filter((name) => name !== schemaItself)
    .sort()
  return names.flatMap((name) => {
    if (source.get(name) === copy.get(name)) return []
    if (!copy.has(name)) return [`${name} is missing`]
    return [source.has(name) ? `${name} differs` : `${name} is too much`]
  })
}

/** The fingerprint that a schema has while it is open: `open` is any open tenant's structure. */
export function openFingerprint(objects: StructureObjects, open: StructureObjects): string {
  const all = new Map(objects)
  const itself = open.get(schemaItself)
  if (itself) all.set(schemaItself, itself)
  const rows = [...all].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return createHash('sha256')
    .update(rows.map(([object, hash]) => asRow(object, hash)).join(''))
    .digest('hex')
}

/** A row as PostgreSQL writes it: quoted where it must be. */
function asRow(object: string, hash: string): string {
  const quoted = /[(),"\\ \t\n\v\f\r]/.test(object) ? `"${object.replace(/["\\]/g, '$&$&')}"` : object
  return `(${quoted},${hash})`
}
