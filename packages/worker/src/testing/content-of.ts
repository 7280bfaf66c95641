import type pg from 'pg'

export interface TableContent {
  readonly rows: string
  readonly sum: string
}

/** Every table of a schema with its rows, told by number and hash, as a superuser sees them. */
export async function contentOf(pool: pg.Pool, schema: string): Promise<Record<string, TableContent>> {
  const client = await pool.connect()
  try {
    // What names a thing of the schema reads alike in every schema.
    await client.query(`set search_path = ${schema}`)
    const { rows: tables } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = $1::regnamespace and relkind = 'r' order by 1`,
      [schema],
    )
    const content: Record<string, TableContent> = {}
    for (const { name } of tables) {
      const { rows } = await client.query<TableContent>(
        `select count(*)::text as rows, md5(coalesce(string_agg(row(t.*)::text, '|' order by row(t.*)::text), '')) as sum
         from only ${client.escapeIdentifier(name)} t`,
      )
      if (rows[0]) content[name] = rows[0]
    }
    return content
  } finally {
    await client.query('reset search_path')
    client.release()
  }
}
