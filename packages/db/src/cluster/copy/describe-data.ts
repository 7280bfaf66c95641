import type pg from 'pg'

/** A table whose rows are copied: a plain one or a partition. A partitioned table has none of its own. */
export interface TableToCopy {
  readonly name: string
  /** What COPY names: generated columns follow from the others. */
  readonly columns: readonly string[]
  /** On disk, TOAST included: what progress is measured by. */
  readonly bytes: number
  /** Row-level security holds for the owner too, so that some rows may be hidden from whoever copies. */
  readonly hidesRows: boolean
}

/** Where a sequence stands. As text, because a bigint is more than a number holds. */
export interface SequencePosition {
  readonly name: string
  readonly value: string
  readonly called: boolean
}

interface Queryable {
  query<Row extends pg.QueryResultRow>(query: string, values?: unknown[]): Promise<pg.QueryResult<Row>>
}

/** The names of all tables of a schema, in one order: what is locked before a snapshot is taken. */
export async function tableNames(client: Queryable, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_catalog.pg_class
     WHERE relnamespace = pg_catalog.to_regnamespace($1) AND relkind IN ('r', 'p') ORDER BY relname COLLATE "C"`,
    [schema],
  )
  return rows.map(({ name }) => name)
}

/** The tables that hold rows, by name. Asks the catalogs alone. */
export async function tablesToCopy(client: Queryable, schema: string): Promise<TableToCopy[]> {
  const { rows } = await client.query<Omit<TableToCopy, 'bytes'> & { bytes: string }>(
    `SELECT c.relname AS name, pg_catalog.pg_table_size(c.oid) AS bytes,
       c.relrowsecurity AND c.relforcerowsecurity AS "hidesRows",
       ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
         ORDER BY a.attnum) AS columns
     FROM pg_catalog.pg_class c
     WHERE c.relnamespace = pg_catalog.to_regnamespace($1) AND c.relkind = 'r' ORDER BY c.relname COLLATE "C"`,
    [schema],
  )
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }))
}

/** Materialised views that can be read, in the order in which they were made: one may read those before it. */
export async function filledViews(client: Queryable, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_catalog.pg_class
     WHERE relnamespace = pg_catalog.to_regnamespace($1) AND relkind = 'm' AND relispopulated ORDER BY oid`,
    [schema],
  )
  return rows.map(({ name }) => name)
}

/**
 * Where every sequence stands. Sequences know no snapshot: asked after one was taken, each stands at or behind every
 * number that the snapshot's rows have used.
 */
export async function sequencePositions(
  client: Queryable,
  schema: string,
  quote: (name: string) => string,
): Promise<SequencePosition[]> {
  const { rows: sequences } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_catalog.pg_class
     WHERE relnamespace = pg_catalog.to_regnamespace($1) AND relkind = 'S' ORDER BY relname COLLATE "C"`,
    [schema],
  )
  const positions: SequencePosition[] = []
  for (let first = 0; first < sequences.length; first += 100) {
    const each = sequences
      .slice(first, first + 100)
      .map(
        ({ name }, i) =>
          `SELECT ${i} AS i, last_value::text AS value, is_called AS called FROM ${quote(name)}`,
      )
    const { rows } = await client.query<{ i: number; value: string; called: boolean }>(
      each.join(' UNION ALL '),
    )
    for (const { i, value, called } of rows) {
      positions.push({ name: sequences[first + i]?.name ?? '', value, called })
    }
  }
  return positions
}
