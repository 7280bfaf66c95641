export interface Statement {
  /** 1-based place in the script. */
  readonly number: number
  /** The text without its semicolon and without the blank lines and comments before it. */
  readonly sql: string
  /** Where `sql` begins in the script, in UTF-16 units. */
  readonly start: number
  /** 1-based line of `start`. */
  readonly line: number
}

// A semicolon may hide in comments, strings, quoted names and dollar quotes. Words are found so that none of these is
// seen inside of one, and to know the bodies that need no quotes. All else is skipped.
const lexeme = new RegExp(
  [
    /--[^\n]*|\/\*/,
    /[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)/,
    /'[^']*(?:'|$)|"[^"]*(?:"|$)/,
    /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/,
    /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/,
    /[;()]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)
const blank = /(?:\s+|--[^\n]*)*/y

/**
 * Splits a script into statements, much faster than a parser: quotes, comments, parentheses and BEGIN ATOMIC bodies keep
 * their semicolons, by the rules of psql. What is no SQL is split somehow; the server will say so.
 */
export function splitScript(script: string): Statement[] {
  const statements: Statement[] = []
  const lineOf = lineCounter(script)
  let from = 0
  let parentheses = 0
  let blocks = 0
  let words: string[] = []
  let last = ''
  const take = (end: number) => {
    const start = skipBlank(script, from)
    if (start < end) {
      const sql = script.slice(start, end).trimEnd()
      statements.push({ number: statements.length + 1, sql, start, line: lineOf(start) })
    }
    from = end + 1
    parentheses = blocks = 0
    words = []
    last = ''
  }
  lexeme.lastIndex = 0
  for (let match = lexeme.exec(script); match; match = lexeme.exec(script)) {
    const [text] = match
    if (text === ';') {
      if (parentheses === 0 && blocks === 0) take(match.index)
    } else if (text === '(') parentheses++
    else if (text === ')') parentheses = Math.max(0, parentheses - 1)
    else if (text === '/*') lexeme.lastIndex = endOfComment(script, match.index)
    else if (text.startsWith('$')) lexeme.lastIndex = endOf(script, text, lexeme.lastIndex)
    else if (!/^[-'"]|'/.test(text)) {
      const word = text.toLowerCase()
      if (parentheses === 0 && makesRoutine(words)) {
        if ((word === 'atomic' && last === 'begin') || (word === 'case' && blocks > 0)) blocks++
        else if (word === 'end' && blocks > 0) blocks--
      }
      if (words.length < 4) words.push(word)
      last = word
    }
  }
  take(script.length)
  return statements
}

function skipBlank(script: string, from: number): number {
  for (let at = from; ; ) {
    blank.lastIndex = at
    blank.test(script)
    at = blank.lastIndex
    if (!script.startsWith('/*', at)) return at
    at = endOfComment(script, at)
  }
}

/** CREATE [OR REPLACE] FUNCTION or PROCEDURE: the only statements with a body outside of quotes. */
function makesRoutine([first, second, , fourth]: readonly string[]): boolean {
  const kind = second === 'or' ? fourth : second
  return first === 'create' && (kind === 'function' || kind === 'procedure')
}

function endOf(script: string, mark: string, from: number): number {
  const found = script.indexOf(mark, from)
  return found < 0 ? script.length : found + mark.length
}

/** Comments nest. */
function endOfComment(script: string, from: number): number {
  const edge = /\/\*|\*\//g
  edge.lastIndex = from
  for (let depth = 0, match = edge.exec(script); match; match = edge.exec(script)) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth === 0) return edge.lastIndex
  }
  return script.length
}

/** Counts the lines of ever growing offsets in one pass. */
function lineCounter(script: string): (offset: number) => number {
  let line = 1
  let at = 0
  return (offset) => {
    for (; at < offset; at++) if (script.charCodeAt(at) === 10) line++
    return line
  }
}
