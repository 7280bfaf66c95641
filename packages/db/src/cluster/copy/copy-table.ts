import { Transform } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { TableToCopy } from './describe-data.ts'
import { inSchema } from './in-snapshot.ts'

interface Sides {
  readonly from: pg.Client
  readonly to: pg.Client
  readonly fromSchema: string
  readonly toSchema: string
}

/**
 * Streams one table's rows from one connection to the other, at the pace of the slower one.
 * @param onBytes told of every piece that has passed
 * @returns how many bytes
 */
export async function copyTable(
  { from, to, fromSchema, toSchema }: Sides,
  table: TableToCopy,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<number> {
  const columns = table.columns.length ? ` (${table.columns.map(pg.escapeIdentifier).join(', ')})` : ''
  const source: ReturnType<typeof copyTo> & { callback?: () => void } = copyTo(
    `COPY ${inSchema(fromSchema)(table.name)}${columns} TO STDOUT`,
  )
  // By this the driver clears the timer that it has set for the query; the stream itself does not.
  source.callback = () => {}
  finished(source)
    .catch(() => {})
    .then(() => source.callback?.())
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      onBytes(bytes)
      done(null, chunk)
    },
  })
  await pipeline(
    from.query(source),
    counted,
    to.query(copyFrom(`COPY ${inSchema(toSchema)(table.name)}${columns} FROM STDIN`)),
    { signal },
  )
  return bytes
}

/**
 * What a table holds, in two numbers that are equal for equal rows in whatever order: how many, and the sum of their
 * hashes. The whole row as text, so that what triggers or defaults might have changed would show.
 */
export async function tableSum(
  client: pg.Client,
  schema: string,
  name: string,
): Promise<{ rows: string; sum: string }> {
  const { rows } = await client.query<{ rows: string; sum: string }>(
    `SELECT pg_catalog.count(*)::text AS rows,
       coalesce(pg_catalog.sum(pg_catalog.hashtextextended(ROW(t.*)::text, 0)), 0)::text AS sum
     FROM ONLY ${inSchema(schema)(name)} t`,
  )
  return rows[0] ?? { rows: '0', sum: '0' }
}
