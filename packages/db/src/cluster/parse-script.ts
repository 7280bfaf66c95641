import { hasSqlDetails, type Node, parse } from 'libpg-query'

export interface Statement {
  /** 1-based place in the script. */
  readonly number: number
  /** The text without its semicolon and without the blank lines and comments before it. */
  readonly sql: string
  /** Where `sql` begins in the script, in UTF-16 units. */
  readonly start: number
  /** 1-based line of `start`. */
  readonly line: number
  /** PostgreSQL's parse tree. */
  readonly node: Node
}

export interface Place {
  readonly line: number
  readonly column: number
}

/** The script is not SQL that PostgreSQL 18 can parse. `line` and `column` are 1-based. */
export class ScriptSyntaxError extends Error {
  override readonly name = 'ScriptSyntaxError'
  readonly line: number
  readonly column: number

  constructor(message: string, place: Place) {
    super(message)
    this.line = place.line
    this.column = place.column
  }
}

const nothingYet = /(?:\s+|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*/y

/**
 * Splits a script into statements with PostgreSQL's own parser. An empty script has none.
 * @throws {ScriptSyntaxError} when it does not parse
 */
export async function parseScript(sql: string): Promise<Statement[]> {
  nothingYet.lastIndex = 0
  nothingYet.test(sql)
  if (nothingYet.lastIndex === sql.length) return []
  const parsed = await parse(sql).catch((error) => {
    if (!hasSqlDetails(error)) throw error
    const place = placeOf(sql, codePointsToUnits(sql, error.sqlDetails?.cursorPosition ?? 0))
    throw new ScriptSyntaxError(error.message, place)
  })
  const bytes = Buffer.from(sql)
  const statements: Statement[] = []
  const line = lineCounter(sql)
  let units = 0
  let seen = 0
  for (const raw of parsed.stmts ?? []) {
    if (!raw.stmt) continue
    const from = raw.stmt_location ?? 0
    const to = raw.stmt_len ? from + raw.stmt_len : bytes.length
    const text = bytes.toString('utf8', from, to)
    units += bytes.toString('utf8', seen, from).length
    seen = from
    nothingYet.lastIndex = 0
    nothingYet.test(text)
    const start = units + nothingYet.lastIndex
    statements.push({
      number: statements.length + 1,
      sql: text.slice(nothingYet.lastIndex).trimEnd(),
      start,
      line: line(start),
      node: raw.stmt,
    })
  }
  return statements
}

/** Line and column (in characters) of an offset in UTF-16 units, all 1-based. */
export function placeOf(sql: string, offset: number): Place {
  const before = sql.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: [...before.slice(lineStart)].length + 1 }
}

/** PostgreSQL counts characters, JavaScript UTF-16 units. */
export function codePointsToUnits(sql: string, codePoints: number): number {
  let units = 0
  for (const character of sql) {
    if (codePoints-- <= 0) break
    units += character.length
  }
  return units
}

/** Counts lines of ever growing offsets in one pass. */
function lineCounter(sql: string): (offset: number) => number {
  let line = 1
  let at = 0
  return (offset) => {
    for (; at < offset; at++) if (sql.charCodeAt(at) === 10) line++
    return line
  }
}
