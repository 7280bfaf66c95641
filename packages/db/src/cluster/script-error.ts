import type pg from 'pg'
import { codePointsToUnits, type Place, placeOf } from './place-of.ts'
import type { Statement } from './split-script.ts'

/** A tenant's script failed in the database. The message says where and why; `cause` is the server's own error. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError'
  /** SQLSTATE, such as 42P07. */
  readonly sqlstate: string
  /** 1-based number of the failing statement; undefined when it failed at COMMIT (a deferred constraint). */
  readonly statement: number | undefined
  /** 1-based line and column in the script, as far as the server tells. */
  readonly line: number | undefined
  readonly column: number | undefined
  readonly detail: string | undefined
  readonly hint: string | undefined

  constructor(error: pg.DatabaseError, where: { statement?: number; place?: Place } | 'at COMMIT') {
    const { statement, place } = where === 'at COMMIT' ? {} : where
    const words = [
      where === 'at COMMIT' && where,
      statement && `statement ${statement}`,
      place && `line ${place.line}`,
      place && place.column > 1 && `column ${place.column}`,
    ].filter(Boolean)
    super(`${words.join(', ')}${words.length ? ': ' : ''}${error.message} (${error.code})`, { cause: error })
    this.sqlstate = error.code ?? 'XX000'
    this.statement = statement
    this.line = place?.line
    this.column = place?.column
    this.detail = error.detail
    this.hint = error.hint
  }
}

/**
 * Finds the failing statement by the number that `tenantry.exec` puts behind each one, and the place in it by the
 * server's position. A position inside a function that the script calls counts for the statement that called it.
 */
export function locateFailure(
  script: string,
  statements: readonly Statement[],
  error: pg.DatabaseError,
): ScriptError {
  const marks = [...`${error.where ?? ''}\n${error.internalQuery ?? ''}`.matchAll(/\n-- statement (\d+)/g)]
  const mark = marks.at(-1)
  const failing = mark ? statements[Number(mark[1]) - 1] : firstRefusedByExecute(statements, error)
  if (!failing) return new ScriptError(error, {})
  const isInside = mark && error.internalQuery?.endsWith(mark[0])
  const position = isInside ? Number(error.internalPosition ?? 1) : 1
  const place = placeOf(script, failing.start + codePointsToUnits(failing.sql, position - 1))
  return new ScriptError(error, { statement: failing.number, place })
}

const transactionOrCopy =
  /^(begin|start|commit|end|rollback|abort|savepoint|release|prepare\s+transaction|copy)\b/i

/** EXECUTE refuses these before it gives them to the executor, so that the error does not quote them. */
function firstRefusedByExecute(
  statements: readonly Statement[],
  error: pg.DatabaseError,
): Statement | undefined {
  if (error.code !== '0A000') return undefined
  return statements.find(({ sql }) => transactionOrCopy.test(sql))
}
