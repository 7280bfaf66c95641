import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { scramVerifier } from './scram-verifier.ts'
import { locateFailure, ScriptError } from './script-error.ts'
import { type Statement, splitScript } from './split-script.ts'

export interface GuardedSessionOptions {
  /** Connections as the worker to the tenant's database, without a pooler in between. */
  readonly pool: pg.Pool
  readonly tenantId: string
  readonly operationId: string
  /** The token that control raised when it claimed this operation. */
  readonly fence: number
  /** Milliseconds until the whole session is ended, whatever it is doing. */
  readonly deadlineMs: number
  /** Milliseconds that one statement may take; the deadline when left out. */
  readonly statementTimeoutMs?: number
  /** Milliseconds to wait for a lock before failing with 55P03. */
  readonly lockTimeoutMs?: number
  /** Called at every named point of the protocol; what it throws ends the session there. For crash tests. */
  readonly failpoint?: (name: string) => void | Promise<void>
}

/** The session was ended because its time was up; what it was doing has been rolled back. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError'

  constructor(deadlineMs: number, cause: unknown) {
    super(`ended after ${deadlineMs} ms: its time was up`, { cause })
  }
}

export interface GuardedSession {
  /**
   * Runs a script as the tenant, in one transaction with its ledger row; `already` when an earlier attempt did it.
   * @throws {ScriptError} when the script fails: nothing of it remains
   * @throws {DeadlineError} when the session's time was up
   * @throws pg.DatabaseError with SQLSTATE TN002 when a newer attempt has taken over, and connection errors as they
   * are: whether the step is done is then what the next attempt finds in the ledger
   */
  run(step: string, sql: string, result?: unknown): Promise<'done' | 'already'>
  /** Logs out and takes the login away again. Safe to repeat; never throws for a session that has ended. */
  close(): Promise<void>
}

/**
 * The guarded path: for one operation the tenant's owner may log in with a secret made here, and a new connection as
 * the tenant itself runs the scripts. Whatever a script does, it does with the tenant's privileges alone.
 * Always `close()` it.
 * @throws pg.DatabaseError TN002 (stale fence), TN004 (no such tenant or no schema)
 */
export async function openGuardedSession(options: GuardedSessionOptions): Promise<GuardedSession> {
  const { pool, tenantId, operationId, fence } = options
  const failpoint = options.failpoint ?? (() => {})
  const secret = randomBytes(32).toString('base64url')
  const nonce = randomBytes(32)

  await failpoint('arm.before')
  const armed = await pool.query<{ schema: string }>(
    `SELECT tenantry.arm($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 ms', $6) AS schema`,
    [
      tenantId,
      operationId,
      fence,
      scramVerifier(secret, { iterations: 1 }),
      options.deadlineMs,
      hashOf(nonce),
    ],
  )
  const schema = armed.rows[0]?.schema ?? ''
  const client = new pg.Client(connectionOf(options, schema, secret))
  // A session that the watchdog or a newer attempt ends says so outside of any query; the next query reports it.
  client.on('error', () => {})
  let ended = false
  const endSession = async () => {
    if (ended) return
    ended = true
    await client.end().catch(() => {})
    await failpoint('disarm.before')
    await pool.query('SELECT tenantry.disarm($1, $2)', [tenantId, fence])
    await failpoint('disarm.after')
  }
  let isOverdue = false
  const watchdog = setTimeout(() => {
    isOverdue = true
    // end_sessions and not end_overdue: by now a newer attempt may be at work, and it must not be hit.
    pool.query('SELECT tenantry.end_sessions($1, $2)', [tenantId, fence]).catch(() => {})
  }, options.deadlineMs)
  watchdog.unref()
  const close = async () => {
    clearTimeout(watchdog)
    await endSession()
  }

  try {
    await failpoint('arm.after')
    await client.connect()
    await failpoint('connected')
  } catch (error) {
    await close()
    throw error
  }

  let used = false
  const run = async (step: string, sql: string, result?: unknown) => {
    const statements = splitScript(sql)
    if (used) await client.query('DISCARD ALL')
    used = true
    await failpoint(`${step}.begin`)
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE')
    try {
      const { rows } = await client.query('SELECT tenantry.begin_op($1, $2, $3) AS todo', [
        operationId,
        fence,
        step,
      ])
      await failpoint(`${step}.locked`)
      if (!rows[0].todo) {
        await client.query('ROLLBACK')
        return 'already'
      }
      await execute(client, sql, statements)
      await failpoint(`${step}.executed`)
      const finish = 'SELECT tenantry.finish($1, $2, $3, $4)'
      await client.query(finish, [
        operationId,
        step,
        nonce,
        result === undefined ? null : JSON.stringify(result),
      ])
      await failpoint(`${step}.before_commit`)
      await inScript(
        (error) => new ScriptError(error, 'at COMMIT'),
        () => client.query('COMMIT'),
      )
      await failpoint(`${step}.after_commit`)
      return 'done'
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {})
      throw isOverdue ? new DeadlineError(options.deadlineMs, error) : error
    }
  }
  return { run, close }
}

async function execute(client: pg.Client, sql: string, statements: readonly Statement[]): Promise<void> {
  if (statements.length === 0) return
  const texts = statements.map((statement) => statement.sql)
  await inScript(
    (error) => locateFailure(sql, statements, error),
    () => client.query('SELECT tenantry.exec($1)', [texts]),
  )
}

/** Turns what the script did wrong into a ScriptError; a lost connection stays what it is. */
async function inScript(
  locate: (error: pg.DatabaseError) => ScriptError,
  query: () => Promise<unknown>,
): Promise<void> {
  try {
    await query()
  } catch (error) {
    const isScript = error instanceof pg.DatabaseError && !/^(57P|08)/.test(error.code ?? '')
    throw isScript ? locate(error) : error
  }
}

/** The limits are startup options, because a role's own settings cannot override those. */
function connectionOf(options: GuardedSessionOptions, schema: string, secret: string): pg.ClientConfig {
  const { pool, tenantId, deadlineMs } = options
  const { connectionString, ...base } = pool.options
  const limits = {
    search_path: schema,
    statement_timeout: options.statementTimeoutMs ?? deadlineMs,
    lock_timeout: options.lockTimeoutMs ?? 5000,
    idle_in_transaction_session_timeout: deadlineMs,
  }
  const config: pg.ClientConfig = {
    ...base,
    application_name: `tenantry:${options.operationId}:${options.fence}`,
    options: Object.entries(limits)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  }
  if (!connectionString) return { ...config, user: tenantId, password: secret }
  const url = new URL(connectionString)
  url.username = tenantId
  url.password = secret
  return { ...config, connectionString: url.href }
}

function hashOf(nonce: Buffer): Buffer {
  return createHash('sha256').update(nonce).digest()
}
