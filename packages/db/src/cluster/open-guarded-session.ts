import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { MeteredClient } from '../metering/metered-client.ts'
import { guardedConnection } from './guarded-connection.ts'
import { executeScript, runGuardedStep } from './run-guarded-step.ts'
import { scramVerifier } from './scram-verifier.ts'

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
  /** Milliseconds to wait for a lock before failing with 55P03; 5000 when left out. */
  readonly lockTimeoutMs?: number
  /** Called at every named point of the protocol; what it throws ends the session there. For crash tests. */
  readonly failpoint?: (name: string) => void | Promise<void>
}

export interface GuardedSession {
  /**
   * Runs a script as the tenant, in one transaction with its ledger row; `already` when an earlier attempt did it.
   * @throws {ScriptError} when the script fails: nothing of it remains
   * @throws {DeadlineError} when the session's time was up
   * @throws pg.DatabaseError with SQLSTATE TN002 when a newer attempt has taken over, and connection errors as they
   * are: whether the step is done is then what the next attempt finds in the ledger
   */
  run(step: string, script: string, result?: unknown): Promise<'done' | 'already'>
  /**
   * Does a step that is not a script: `work` gets the connection inside the step's transaction, in which ordinary
   * triggers and foreign keys are silent, and returns what the ledger keeps.
   */
  load(step: string, work: (client: pg.Client) => Promise<unknown>): Promise<'done' | 'already'>
  /** Lends the connection as the tenant, outside of any transaction, to read what is the tenant's. */
  read<Result>(use: (client: pg.Client) => Promise<Result>): Promise<Result>
  /** How to connect as the tenant beside this session, which may have one more connection; good until `close`. */
  readonly login: pg.ClientConfig
  /** Logs out and takes the login away again. Safe to repeat; throws only when the cluster does not answer. */
  close(): Promise<void>
}

/** The session was ended because its time was up; what it was doing has been rolled back. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError'

  constructor(deadlineMs: number, cause: unknown) {
    super(`ended after ${deadlineMs} ms: its time was up`, { cause })
  }
}

/**
 * The guarded path: for one operation the tenant's owner may log in with a secret made here, and a new connection as
 * the tenant itself runs the scripts. Whatever a script does, it does with the tenant's privileges alone.
 * Always `close()` it.
 * @throws pg.DatabaseError TN002 (stale fence), TN004 (no such tenant or no schema)
 */
export async function openGuardedSession(options: GuardedSessionOptions): Promise<GuardedSession> {
  const { pool, tenantId, operationId, fence, deadlineMs, failpoint = () => {} } = options
  const secret = randomBytes(32).toString('base64url')
  const nonce = randomBytes(32)

  await failpoint('arm.before')
  const schema = await arm(options, secret, nonce)
  const login = guardedConnection({
    pool,
    owner: tenantId,
    schema,
    secret,
    applicationName: `tenantry:${operationId}:${fence}`,
    statementTimeoutMs: options.statementTimeoutMs ?? deadlineMs,
    lockTimeoutMs: options.lockTimeoutMs ?? 5000,
    idleTimeoutMs: deadlineMs,
  })
  const client = new MeteredClient(login)
  // A session that the watchdog or a newer attempt ends says so outside of any query; the next query reports it.
  client.on('error', () => {})

  let isOverdue = false
  const watchdog = setTimeout(() => {
    isOverdue = true
    // end_sessions and not end_overdue: by now a newer attempt may be at work, and it must not be hit.
    pool.query('SELECT tenantry.end_sessions($1, $2)', [tenantId, fence]).catch(() => {})
  }, deadlineMs)
  watchdog.unref()

  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    clearTimeout(watchdog)
    const gone = client.end().catch(() => {})
    await failpoint('disarm.before')
    await pool.query('SELECT tenantry.disarm($1, $2)', [tenantId, fence])
    await gone
    await failpoint('disarm.after')
  }

  try {
    await failpoint('arm.after')
    await client.connect()
    await failpoint('connected')
  } catch (error) {
    await close().catch(() => {})
    throw error
  }

  let isUsed = false
  const alone = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      // What the step before has set must not reach this one.
      if (isUsed) await client.query('DISCARD ALL')
      isUsed = true
      return await work()
    } catch (error) {
      throw isOverdue ? new DeadlineError(deadlineMs, error) : error
    }
  }
  const armed = { client, operationId, fence, nonce, failpoint }
  return {
    close,
    login,
    run: (step, script, result) =>
      alone(() =>
        runGuardedStep(armed, step, async () => {
          await executeScript(client, script)
          return result
        }),
      ),
    load: (step, work) =>
      alone(() =>
        runGuardedStep(armed, step, async () => {
          await client.query('SELECT tenantry.silence_triggers($1, $2)', [operationId, nonce])
          return work(client)
        }),
      ),
    read: (use) => alone(() => use(client)),
  }
}

/** Returns the tenant's schema. The deadline is told by the server's clock. */
async function arm(options: GuardedSessionOptions, secret: string, nonce: Buffer): Promise<string> {
  const { pool, tenantId, operationId, fence, deadlineMs } = options
  const verifier = scramVerifier(secret, { iterations: 1 })
  const nonceHash = createHash('sha256').update(nonce).digest()
  const { rows } = await pool.query<{ schema: string }>(
    `SELECT tenantry.arm($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 ms', $6) AS schema`,
    [tenantId, operationId, fence, verifier, deadlineMs, nonceHash],
  )
  return rows[0]?.schema ?? ''
}
