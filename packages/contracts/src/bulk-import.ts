import { z } from 'zod'
import type { ErrorCode } from './errors.ts'
import { slug } from './identifiers.ts'
import { displayName, type Labels, labels } from './tenant.ts'

const cell = z.string().max(5000)

/** A row as it came from a file: everything may be wrong in it, and then it is the row that is refused. */
export const importRow = z.object({
  slug: cell.default(''),
  displayName: cell.default(''),
  /** A template's slug or id. */
  template: cell.default(''),
  /** A cluster's name; empty: placement chooses. */
  cluster: cell.default(''),
  /** `plan=free;region=eu` */
  labels: cell.default(''),
  notes: cell.default(''),
})
export type ImportRow = z.infer<typeof importRow>
export type ImportColumn = keyof ImportRow
export const importColumns = Object.keys(importRow.shape) as ImportColumn[]

/** What is wrong in a cell. */
export interface ImportFault {
  /** From 1, without the head. */
  readonly row: number
  readonly column: ImportColumn
  readonly value: string
  readonly code: ErrorCode
  readonly message: string
}

/** A row whose every cell is well formed; whether its names are known and free, the registry says. */
export interface SoundRow {
  readonly row: number
  readonly slug: string
  readonly displayName: string
  readonly template: string
  readonly cluster: string
  readonly labels: Labels
  readonly notes: string
}

/** `plan=free;region=eu` as labels; undefined where a pair has no `=`. */
export function parseLabels(text: string): Record<string, string> | undefined {
  const pairs = text
    .split(';')
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map((pair) => pair.split(/=(.*)/s).map((part) => part.trim()))
  return pairs.every(([key, value]) => key && value !== undefined)
    ? Object.fromEntries(pairs.map(([key, value]) => [key, value ?? '']))
    : undefined
}

/** Looks at every cell by itself and for slugs that stand twice; the first row keeps a slug. */
export function checkRows(
  rows: readonly ImportRow[],
  templateOfAll = '',
): { readonly sound: SoundRow[]; readonly faults: ImportFault[] } {
  const firstRowOf = new Map<string, number>()
  const sound: SoundRow[] = []
  const faults: ImportFault[] = []
  for (const [index, row] of rows.entries()) {
    const number = index + 1
    const wrong: ImportFault[] = []
    const fault = (column: ImportColumn, message: string, code: ErrorCode = 'invalid_input') =>
      wrong.push({ row: number, column, value: row[column].slice(0, 200), code, message })
    const read = <T>(column: ImportColumn, schema: z.ZodType<T>, value: unknown): T | undefined => {
      const parsed = schema.safeParse(value)
      if (!parsed.success) fault(column, sentenceOf(parsed.error.issues[0]))
      return parsed.data
    }
    const ownSlug = read('slug', slug, row.slug)
    // Without a name it is called what its slug is.
    const name = row.displayName.trim() ? read('displayName', displayName, row.displayName) : (ownSlug ?? '')
    const pairs = parseLabels(row.labels)
    if (!pairs) fault('labels', 'Labels are written key=value;key=value')
    const ownLabels = pairs && read('labels', labels, pairs)
    const notes = read('notes', z.string().max(4000, 'Notes have at most 4000 characters'), row.notes)
    const template = row.template.trim() || templateOfAll
    if (!template) fault('template', 'No template is named, and none was chosen for every row')
    const first = ownSlug === undefined ? undefined : firstRowOf.get(ownSlug)
    if (ownSlug !== undefined && first === undefined) firstRowOf.set(ownSlug, number)
    if (first !== undefined) fault('slug', `The same slug stands in row ${first}`, 'slug_taken')
    if (wrong.length) faults.push(...wrong)
    else if (ownSlug !== undefined && name !== undefined && ownLabels && notes !== undefined) {
      sound.push({
        row: number,
        slug: ownSlug,
        displayName: name,
        template,
        cluster: row.cluster.trim(),
        labels: ownLabels,
        notes,
      })
    }
  }
  return { sound, faults }
}

/** A key that is refused hides why one level below. */
function sentenceOf(issue: z.core.$ZodIssue | undefined): string {
  const inner = issue?.code === 'invalid_key' ? issue.issues[0] : issue
  return inner?.message ?? 'Not valid'
}
