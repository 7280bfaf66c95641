import type pg from 'pg'
import { sequencePositions, tableNames } from './describe-data.ts'
import { inSchema } from './in-snapshot.ts'
import { silenced } from './silenced.ts'

/** Removes every row that a schema was born with: a snapshot brings the rows that its template's migrations make. */
export async function emptyTables(client: pg.Client, schema: string): Promise<void> {
  const { rows } = await client.query<{ some: boolean }>(
    `SELECT coalesce(bool_or(pg_catalog.pg_relation_size(oid) > 0), false) AS some FROM pg_catalog.pg_class
     WHERE relnamespace = pg_catalog.to_regnamespace($1) AND relkind = 'r'`,
    [schema],
  )
  if (!rows[0]?.some) return
  // All in one statement: each may refer to each.
  const tables = (await tableNames(client, schema)).map(inSchema(schema))
  await client.query(`TRUNCATE ${tables.join(', ')}`)
}

/** Puts every sequence back to its start. */
async function restartSequences(client: pg.Client, schema: string): Promise<void> {
  for (const { name } of await sequencePositions(client, schema, inSchema(schema))) {
    await client.query(`ALTER SEQUENCE ${inSchema(schema)(name)} RESTART`)
  }
}

/** Fills the materialised views that are to be filled, in the order in which they were made here. */
export async function refreshViews(
  client: pg.Client,
  schema: string,
  filled: readonly string[],
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_catalog.pg_class
     WHERE relnamespace = pg_catalog.to_regnamespace($1) AND relkind = 'm' ORDER BY oid`,
    [schema],
  )
  for (const { name } of rows) {
    const data = filled.includes(name) ? 'WITH DATA' : 'WITH NO DATA'
    await client.query(`REFRESH MATERIALIZED VIEW ${inSchema(schema)(name)} ${data}`)
  }
}

/**
 * Leaves the structure alone: no row in any table, sequences at their start, materialised views computed from that.
 * @param filled the materialised views that can be read in the source
 */
export async function emptySchema(
  client: pg.Client,
  schema: string,
  filled: readonly string[],
): Promise<void> {
  await silenced(client, schema, () => emptyTables(client, schema))
  await restartSequences(client, schema)
  await refreshViews(client, schema, filled)
}
