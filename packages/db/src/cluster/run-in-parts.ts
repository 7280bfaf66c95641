import type pg from 'pg'
import type { GuardedSession } from './open-guarded-session.ts'
import { splitByLocks } from './split-by-locks.ts'
import { splitScript } from './split-script.ts'

export interface PartsOptions {
  readonly session: GuardedSession
  /** Connections as the worker, to read the ledger with. */
  readonly pool: pg.Pool
  readonly operationId: string
  /** The ledger's name for it; parts are called `<step>#<number of their first statement>`. */
  readonly step: string
  readonly script: string
  /** Locks a part. */
  readonly budget: number
}

export interface PartsOutcome {
  readonly outcome: 'done' | 'already'
  /** Transactions that it took, in this attempt. */
  readonly parts: number
}

/**
 * Runs a script as the tenant in as few transactions as the lock budget allows, mostly one. An attempt that comes after
 * another goes on behind the last statement that the ledger knows, also when the budget is another by now.
 * @throws {ScriptError} when a part fails: the parts before it remain, to be taken back by the operation
 */
export async function runInParts(options: PartsOptions): Promise<PartsOutcome> {
  const { session, step, script } = options
  const statements = splitScript(script)
  let done = await doneBefore(options)
  if (done === 'all') return { outcome: 'already', parts: 0 }
  if (done === 0 && splitByLocks(statements, options.budget).length <= 1) {
    return { outcome: await session.run(step, script), parts: 1 }
  }
  let parts = 0
  while (done < statements.length) {
    const [part = []] = splitByLocks(statements.slice(done), options.budget)
    const first = part[0]
    const last = part.at(-1)
    if (!first || !last) break
    // Blank lines in front, so that an error names the line in the whole script.
    const text = '\n'.repeat(first.line - 1) + script.slice(first.start, last.start + last.sql.length)
    await session.run(`${step}#${first.number}`, text, { to: last.number })
    parts++
    const now = await doneBefore(options)
    if (now === 'all' || now <= done) throw new Error(`the ledger does not know ${step}#${first.number}`)
    done = now
  }
  return { outcome: parts ? 'done' : 'already', parts }
}

/** How many statements earlier attempts have done. No older attempt can be at work: the session's login has ended it. */
async function doneBefore({ pool, operationId, step }: PartsOptions): Promise<number | 'all'> {
  const { rows } = await pool.query<{ whole: boolean; done: number }>(
    `SELECT coalesce(bool_or(step = $2), false) AS whole, coalesce(max((result ->> 'to')::int), 0) AS done
     FROM tenantry.ledger WHERE operation_id = $1 AND (step = $2 OR step LIKE $2 || '#%')`,
    [operationId, step],
  )
  const [row] = rows
  return row?.whole ? 'all' : (row?.done ?? 0)
}
