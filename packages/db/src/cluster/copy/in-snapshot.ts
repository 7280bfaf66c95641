import pg from 'pg'
import { tableNames } from './describe-data.ts'

/**
 * How values become text, the same on both sides whatever database or role is set to; and no row hidden in silence.
 * Whatever names a thing of the schema (a regclass) is written and read by the search path, which is the schema itself.
 */
export const copySettings = `
  SET LOCAL row_security = off; SET LOCAL client_encoding = 'UTF8'; SET LOCAL datestyle = 'ISO, YMD';
  SET LOCAL intervalstyle = 'postgres'; SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 3;
  SET LOCAL bytea_output = 'hex'; SET LOCAL lc_monetary = 'C'; SET LOCAL xmloption = 'content'`

/** The name of a thing in the schema, for SQL. */
export const inSchema = (schema: string) => (name: string) =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`

/**
 * Calls `use` in one read-only snapshot of a whole schema. Every table is locked (ACCESS SHARE: readers and writers go
 * on) before the snapshot is taken, so that none is truncated, changed or dropped behind its back.
 * After an error the connection is good for nothing but to be closed: it may be in the middle of a COPY.
 * @throws pg.DatabaseError 55P03 when a lock is not had in time, or tables come and go all the while
 */
export async function inSnapshot<Result>(
  client: pg.Client,
  schema: string,
  use: () => Promise<Result>,
): Promise<Result> {
  for (let round = 1; round <= 3; round++) {
    const wanted = await tableNames(client, schema)
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query(copySettings)
    if (wanted.length) {
      const tables = wanted.map((name) => `ONLY ${inSchema(schema)(name)}`)
      await client.query(`LOCK TABLE ${tables.join(', ')} IN ACCESS SHARE MODE`)
    }
    if ((await tableNames(client, schema)).join('\0') === wanted.join('\0')) {
      const result = await use()
      await client.query('COMMIT')
      return result
    }
    await client.query('ROLLBACK')
  }
  throw Object.assign(new Error(`tables of ${schema} come and go while they are to be copied`), {
    code: '55P03',
  })
}
