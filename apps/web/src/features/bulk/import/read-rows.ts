import {
  type ImportColumn,
  type ImportRow,
  importColumns,
  importRow,
  mostImportRows,
} from '@tenantry/contracts'
import Papa from 'papaparse'

export type ReadRows =
  | { readonly rows: ImportRow[]; readonly unknown: readonly string[] }
  | { readonly fault: string }

/** What people call the columns, without case, spaces and dashes. */
const otherNames: Readonly<Record<string, ImportColumn>> = {
  slug: 'slug',
  displayname: 'displayName',
  name: 'displayName',
  template: 'template',
  templateid: 'template',
  cluster: 'cluster',
  labels: 'labels',
  notes: 'notes',
}
const columnOf = (head: string) => otherNames[head.toLowerCase().replaceAll(/[\s_-]/g, '')]

/** Rows from a CSV file with a head, or from a JSON list of objects. What is in the cells is judged later. */
export function readRows(text: string): ReadRows {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (trimmed === '') return { fault: 'There is nothing in it.' }
  const read = trimmed.startsWith('[') ? readJson(trimmed) : readCsv(trimmed)
  if ('fault' in read) return read
  if (read.rows.length === 0) return { fault: 'There is no row under its head.' }
  if (read.rows.length > mostImportRows) {
    return { fault: `It has ${read.rows.length} rows; at most ${mostImportRows} are imported at once.` }
  }
  return read
}

function readCsv(text: string): ReadRows {
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: 'greedy' })
  const heads = meta.fields ?? []
  if (!heads.some((head) => columnOf(head) === 'slug')) {
    return {
      fault: `Its first line must name the columns, slug among them. It says: ${heads.join(', ').slice(0, 120)}`,
    }
  }
  return { rows: data.map(rowOf), unknown: heads.filter((head) => !columnOf(head)) }
}

function readJson(text: string): ReadRows {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch (error) {
    return { fault: `It is not JSON: ${error instanceof Error ? error.message : error}` }
  }
  const objects = (list as unknown[]).filter(
    (entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null,
  )
  if (objects.length !== (list as unknown[]).length)
    return { fault: 'Every entry of the list must be an object.' }
  const heads = [...new Set(objects.flatMap((entry) => Object.keys(entry)))]
  return { rows: objects.map(rowOf), unknown: heads.filter((head) => !columnOf(head)) }
}

function rowOf(entry: Record<string, unknown>): ImportRow {
  const cells: Record<string, string> = {}
  for (const [head, value] of Object.entries(entry)) {
    const column = columnOf(head)
    if (column) cells[column] = cellOf(value).slice(0, 5000)
  }
  return importRow.parse(cells)
}

/** Labels of a JSON row may be an object. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .map(([key, one]) => `${key}=${one}`)
    .join(';')
}

/** The wrong rows as a file to mend and import again, with what is wrong in a last column. */
export function wrongRowsCsv(
  rows: readonly ImportRow[],
  faults: readonly { row: number; column: string; message: string }[],
): string {
  const byRow = Map.groupBy(faults, ({ row }) => row)
  return Papa.unparse(
    {
      fields: [...importColumns, 'wrong'],
      data: [...byRow].map(([row, of]) => [
        ...importColumns.map((column) => rows[row - 1]?.[column] ?? ''),
        of.map(({ column, message }) => `${column}: ${message}`).join(' · '),
      ]),
    },
    // A cell that begins like a formula would be one in a spreadsheet.
    { escapeFormulae: true },
  )
}
