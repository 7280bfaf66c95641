import type { RouterOutputs } from '../../../api/trpc.ts'

export type LogLine = RouterOutputs['operations']['log']['lines'][number]

/** A row of the viewer: a line, lines that are folded, or lines that are not loaded. */
export type LogItem =
  | { readonly kind: 'line'; readonly line: LogLine; readonly deltaMs: number | undefined }
  | { readonly kind: 'fold'; readonly lines: readonly LogLine[] }
  | { readonly kind: 'gap'; readonly from: number; readonly to: number }

/** Two runs of lines as one, in order, each number once; the same array when nothing is new. */
export function mergeLines(known: readonly LogLine[], added: readonly LogLine[]): readonly LogLine[] {
  const last = known.at(-1)?.line ?? 0
  const isTail = added.every(({ line }, i) => line > (added[i - 1]?.line ?? last))
  if (added.length === 0) return known
  if (isTail) return [...known, ...added]
  const byNumber = new Map(known.map((line) => [line.line, line]))
  const before = byNumber.size
  for (const line of added) if (!byNumber.has(line.line)) byNumber.set(line.line, line)
  if (byNumber.size === before) return known
  return [...byNumber.values()].sort((a, b) => a.line - b.line)
}

/** What a message says apart from its numbers. */
const shapeOf = ({ level, step, message }: LogLine) =>
  `${level}/${step}/${message.replace(/\d[\d.,:]*/g, '#')}`

/** From so many alike lines in a row, those between the first and the last are folded. */
const foldFrom = 6

export interface LogView {
  readonly level: 'all' | 'info' | 'warn' | 'error'
  /** While one searches, nothing is folded. */
  readonly find: string
  /** First lines of folds that were opened. */
  readonly opened: ReadonlySet<number>
}

const isShown = (line: LogLine, level: LogView['level']) =>
  level === 'all' || line.level === level || (level === 'info' && line.level === 'sql')

/** The rows to show, top to bottom: gaps where lines are missing, folds where lines repeat themselves. */
export function layOutLog(lines: readonly LogLine[], view: LogView): LogItem[] {
  const items: LogItem[] = []
  const folds = view.level === 'all' && view.find === ''
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as LogLine
    const previous = lines[i - 1]
    const expected = (previous?.line ?? 0) + 1
    if (line.line > expected) items.push({ kind: 'gap', from: expected, to: line.line - 1 })
    if (!isShown(line, view.level)) continue
    items.push({
      kind: 'line',
      line,
      deltaMs: previous && Date.parse(line.at) - Date.parse(previous.at),
    })
    if (!folds) continue
    const last = endOfRun(lines, i)
    if (last - i + 1 < foldFrom) continue
    const hidden = lines.slice(i + 1, last)
    if (view.opened.has(line.line)) continue
    items.push({ kind: 'fold', lines: hidden })
    i = last - 1
  }
  return items
}

/** The index of the last line that follows `from` without a gap and says the same but for its numbers. */
function endOfRun(lines: readonly LogLine[], from: number): number {
  const first = lines[from] as LogLine
  const before = lines[from - 1]
  // A line inside an opened run starts no fold of its own.
  if (before && before.line === first.line - 1 && shapeOf(before) === shapeOf(first)) return from
  const shape = shapeOf(first)
  let at = from
  for (;;) {
    const next = lines[at + 1]
    if (!next || next.line !== (lines[at] as LogLine).line + 1 || shapeOf(next) !== shape) return at
    at++
  }
}

/** Where a search matches: the index of the row, in order. */
export function findMatches(items: readonly LogItem[], find: string): number[] {
  const words = find.trim().toLowerCase()
  if (words === '') return []
  return items.flatMap((item, i) =>
    item.kind === 'line' && item.line.message.toLowerCase().includes(words) ? [i] : [],
  )
}

/** A message cut at its matches: every second part is one. */
export function splitMatches(message: string, find: string): string[] {
  const words = find.trim().toLowerCase()
  if (words === '') return [message]
  const parts: string[] = []
  const lower = message.toLowerCase()
  let at = 0
  for (let hit = lower.indexOf(words); hit !== -1; hit = lower.indexOf(words, at)) {
    parts.push(message.slice(at, hit), message.slice(hit, hit + words.length))
    at = hit + words.length
  }
  return [...parts, message.slice(at)]
}

/** The log as plain text, one line each. */
export function logText(lines: readonly LogLine[]): string {
  return lines
    .map(({ line, at, attempt, level, step, message }) =>
      [line, at, `attempt=${attempt}`, level, step ?? '-', message].join('\t'),
    )
    .join('\n')
}
