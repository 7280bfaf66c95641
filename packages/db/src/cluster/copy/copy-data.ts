import type pg from 'pg'
import { CopyError } from './copy-error.ts'
import { copyTable, tableSum } from './copy-table.ts'
import { filledViews, sequencePositions, type TableToCopy, tablesToCopy } from './describe-data.ts'
import { emptyTables, refreshViews } from './empty-schema.ts'
import { copySettings, inSchema, inSnapshot } from './in-snapshot.ts'
import { silenced } from './silenced.ts'

export interface CopyDataOptions {
  /** The source's owner, outside of any transaction. */
  readonly from: pg.Client
  readonly fromSchema: string
  /** The target's owner, in the transaction of its step, with ordinary triggers silent. */
  readonly to: pg.Client
  readonly toSchema: string
  readonly signal: AbortSignal
  /** Told when a table begins, while it passes, and when it has arrived and was proven. */
  readonly onProgress: (progress: CopyProgress) => void
  readonly failpoint: (name: string) => void | Promise<void>
}

export interface CopyProgress {
  readonly table: string
  /** Tables that have arrived, and of how many. */
  readonly done: number
  readonly tables: number
  /** Of everything so far. */
  readonly rows: number
  readonly bytes: number
  /** From 0 to 1, by what the tables take on disk. */
  readonly fraction: number
  /** Of this table; there when it has arrived. */
  readonly arrived?: { readonly rows: number; readonly bytes: number }
}

export interface CopiedData {
  readonly tables: number
  readonly rows: number
  /** Of COPY's text format. */
  readonly bytes: number
  readonly sequences: number
}

/**
 * Copies all rows of a schema from one snapshot, table by table as a stream, and proves each table by its number of rows
 * and the sum of their hashes. Also sequences and materialised views, whose rows are computed anew.
 * @throws {CopyError} TN012 when rows may be hidden, TN013 when a table did not arrive as it was
 */
export function copyData(options: CopyDataOptions): Promise<CopiedData> {
  const { from, fromSchema, to, toSchema } = options
  return inSnapshot(from, fromSchema, async () => {
    const tables = await tablesToCopy(from, fromSchema)
    refuseHiddenRows(fromSchema, tables)
    await to.query(copySettings)
    let copied = { rows: 0, bytes: 0 }
    let sequences = 0
    await silenced(to, toSchema, async () => {
      await emptyTables(to, toSchema)
      copied = await copyTables(options, tables)
      sequences = await copySequences(options)
    })
    await refreshViews(to, toSchema, await filledViews(from, fromSchema))
    if (tables.length)
      await to.query(`ANALYZE ${tables.map(({ name }) => inSchema(toSchema)(name)).join(', ')}`)
    return { tables: tables.length, ...copied, sequences }
  })
}

function refuseHiddenRows(schema: string, tables: readonly TableToCopy[]): void {
  const hidden = tables.filter(({ hidesRows }) => hidesRows).map(({ name }) => name)
  if (!hidden.length) return
  throw new CopyError(
    'TN012',
    `${schema}: ${hidden.join(', ')} ${hidden.length > 1 ? 'force' : 'forces'} row-level security on the owner too, so that not every row can be read`,
    'Lift it with ALTER TABLE … NO FORCE ROW LEVEL SECURITY, copy, then force it again; or copy the structure alone.',
  )
}

async function copyTables(options: CopyDataOptions, tables: readonly TableToCopy[]) {
  const { from, fromSchema, to, toSchema, onProgress } = options
  // A page each, so that a schema of empty tables advances too.
  const weight = ({ bytes }: TableToCopy) => bytes + 8192
  const whole = tables.reduce((sum, table) => sum + weight(table), 0)
  let past = 0
  let [rows, bytes] = [0, 0]
  for (const [done, table] of tables.entries()) {
    const report = (passed: number) =>
      onProgress({
        table: table.name,
        done,
        tables: tables.length,
        rows,
        bytes: bytes + passed,
        fraction: (past + Math.min(passed, weight(table))) / whole,
      })
    report(0)
    const passed = await copyTable(options, table, options.signal, report)
    const [sent, arrived] = await Promise.all([
      tableSum(from, fromSchema, table.name),
      tableSum(to, toSchema, table.name),
    ])
    if (sent.rows !== arrived.rows || sent.sum !== arrived.sum) {
      throw new CopyError(
        'TN013',
        `${table.name}: ${arrived.rows} rows with sum ${arrived.sum} arrived of ${sent.rows} with sum ${sent.sum}`,
        'Look in the source for values that do not survive being written and read: types or collations that differ between the clusters.',
      )
    }
    past += weight(table)
    rows += Number(sent.rows)
    bytes += passed
    onProgress({
      table: table.name,
      done: done + 1,
      tables: tables.length,
      rows,
      bytes,
      fraction: past / whole,
      arrived: { rows: Number(sent.rows), bytes: passed },
    })
    await options.failpoint('data.table')
  }
  return { rows, bytes }
}

async function copySequences({ from, fromSchema, to, toSchema }: CopyDataOptions): Promise<number> {
  const positions = await sequencePositions(from, fromSchema, inSchema(fromSchema))
  for (let first = 0; first < positions.length; first += 100) {
    const some = positions.slice(first, first + 100)
    await to.query(
      `SELECT pg_catalog.setval(pg_catalog.format('%I.%I', $1::text, s.name)::regclass, s.value, s.called)
       FROM ROWS FROM (unnest($2::text[]), unnest($3::bigint[]), unnest($4::boolean[])) s (name, value, called)`,
      [toSchema, some.map((s) => s.name), some.map((s) => s.value), some.map((s) => s.called)],
    )
  }
  return positions.length
}
