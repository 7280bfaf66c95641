import { hasSqlDetails, type Node, parse } from 'libpg-query'
import { codePointsToUnits, type Place, placeOf } from './place-of.ts'
import type { Statement } from './split-script.ts'

export interface ParsedStatement extends Statement {
  /** PostgreSQL's parse tree. */
  readonly node: Node
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
 * Parses a script with PostgreSQL's own parser. An empty script has no statements.
 * @throws {ScriptSyntaxError} when it does not parse
 */
export async function parseScript(script: string): Promise<ParsedStatement[]> {
  if (endOfNothing(script) === script.length) return []
  const parsed = await parse(script).catch((error) => {
    if (!hasSqlDetails(error)) throw error
    const at = codePointsToUnits(script, error.sqlDetails?.cursorPosition ?? 0)
    throw new ScriptSyntaxError(error.message, placeOf(script, at))
  })
  // The parser counts bytes of UTF-8.
  const bytes = Buffer.from(script)
  const statements: ParsedStatement[] = []
  let seen = 0
  let units = 0
  for (const {
    stmt: node,
    stmt_location: from = 0,
    stmt_len: length = bytes.length - from,
  } of parsed.stmts ?? []) {
    if (!node) continue
    units += bytes.toString('utf8', seen, from).length
    seen = from
    const text = bytes.toString('utf8', from, from + length)
    const before = endOfNothing(text)
    const start = units + before
    const { line } = placeOf(script, start)
    statements.push({ number: statements.length + 1, sql: text.slice(before).trimEnd(), start, line, node })
  }
  return statements
}

function endOfNothing(text: string): number {
  nothingYet.lastIndex = 0
  nothingYet.test(text)
  return nothingYet.lastIndex
}
