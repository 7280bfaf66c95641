import pg from 'pg'
import { countLockWait } from '../metering/metered-client.ts'
import { locateFailure, ScriptError } from './script-error.ts'
import { splitScript } from './split-script.ts'

/** A connection as the tenant, armed for one operation. */
export interface ArmedConnection {
  readonly client: pg.Client
  readonly operationId: string
  readonly fence: number
  /** Proves to `tenantry.finish` that the worker speaks; travels as a bind parameter only, where no script can read. */
  readonly nonce: Buffer
  readonly failpoint: (name: string) => void | Promise<void>
}

/**
 * One step: what `work` does and its ledger row in one transaction, unless the ledger has the step already.
 * @param work returns what the ledger keeps of it
 */
export async function runGuardedStep(
  { client, operationId, fence, nonce, failpoint }: ArmedConnection,
  step: string,
  work: () => Promise<unknown>,
): Promise<'done' | 'already'> {
  await failpoint(`${step}.begin`)
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE')
  try {
    const begun = await client.query(
      `SELECT tenantry.begin_op($1, $2, $3) AS todo, current_setting('tenantry.lane_wait_ms', true) AS lane_wait_ms`,
      [operationId, fence, step],
    )
    countLockWait(begun.rows[0].lane_wait_ms)
    await failpoint(`${step}.locked`)
    if (!begun.rows[0].todo) {
      await client.query('ROLLBACK')
      return 'already'
    }
    const result = await work()
    await failpoint(`${step}.executed`)
    const json = result === undefined ? null : JSON.stringify(result)
    await client.query('SELECT tenantry.finish($1, $2, $3, $4)', [operationId, step, nonce, json])
    await failpoint(`${step}.before_commit`)
    await client.query('COMMIT').catch((error) => {
      throw isOfTheScript(error) ? new ScriptError(error, 'at COMMIT') : error
    })
    await failpoint(`${step}.after_commit`)
    return 'done'
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/** Runs a script statement by statement. @throws {ScriptError} which says where it failed */
export async function executeScript(client: pg.Client, script: string): Promise<void> {
  const statements = splitScript(script)
  if (statements.length === 0) return
  const texts = statements.map(({ sql }) => sql)
  await client.query('SELECT tenantry.exec($1)', [texts]).catch((error) => {
    throw isOfTheScript(error) ? locateFailure(script, statements, error) : error
  })
}

/** Whether the server found fault with the script; a session that was ended or lost is another matter. */
function isOfTheScript(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && !/^(57P|08)/.test(error.code ?? '')
}
