import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'
import pg from 'pg'

/** What some work has had of databases: counted where its statements are sent, so it is that work's alone. */
export interface Meter {
  roundTrips: number
  /** Milliseconds that statements took, each for itself: those side by side count twice. */
  databaseMs: number
  /** Milliseconds of it that the server says it waited for a tenant's lane. */
  lockWaitMs: number
  bytesSent: number
  bytesReceived: number
}

/**
 * Told of every statement.
 * @param operation its first word, lower case
 * @param error SQLSTATE or the code of a lost connection; undefined when it succeeded
 */
export type OnStatement = (operation: string, seconds: number, error: string | undefined) => void

export interface Metering {
  readonly onStatement?: OnStatement | undefined
}

const meters = new AsyncLocalStorage<Meter>()

/** Runs `work` and counts into `meter` what the connections of metered pools do for it, wherever it awaits. */
export function metered<Result>(meter: Meter, work: () => Promise<Result>): Promise<Result> {
  return meters.run(meter, work)
}

export const emptyMeter = (): Meter => ({
  roundTrips: 0,
  databaseMs: 0,
  lockWaitMs: 0,
  bytesSent: 0,
  bytesReceived: 0,
})

/** Adds what the server says a statement of this work waited for a lane. @param ms its words; null: it did not lock one */
export function countLockWait(ms: string | null | undefined): number {
  const waited = Number(ms ?? 0)
  const meter = meters.getStore()
  if (meter) meter.lockWaitMs += waited
  return waited
}

/** A pool whose connections are metered; who waits for a connection keeps its own meter. */
export class MeteredPool extends pg.Pool {
  constructor(options: pg.PoolConfig & Metering) {
    super({ Client: MeteredClient, ...options } as pg.PoolConfig)
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): unknown {
    // Called back by whoever gave the connection back: that must not count for them.
    return callback ? super.connect(AsyncResource.bind(callback)) : super.connect()
  }
}

type Query = (...asked: unknown[]) => unknown
interface Wired {
  readonly connection?: { readonly stream?: { readonly bytesRead?: number; readonly bytesWritten?: number } }
}

/** A connection that counts its statements, their time and their bytes. */
export class MeteredClient extends pg.Client {
  readonly #onStatement: OnStatement | undefined

  constructor(config: pg.ClientConfig & Metering) {
    super(config)
    this.#onStatement = config.onStatement
    const send = super.query.bind(this) as Query
    // Not an override: the three shapes of `query` are one for whoever only listens.
    this.query = ((...asked: unknown[]) => this.#counted(send, asked)) as pg.Client['query']
  }

  #counted(send: Query, asked: unknown[]): unknown {
    const meter = meters.getStore()
    if (!meter && !this.#onStatement) return send(...asked)
    const { stream } = (this as unknown as Wired).connection ?? {}
    const began = performance.now()
    const sent = stream?.bytesWritten ?? 0
    const received = stream?.bytesRead ?? 0
    let isOver = false
    const over = (error?: unknown) => {
      if (isOver) return
      isOver = true
      const ms = performance.now() - began
      if (meter) {
        meter.roundTrips++
        meter.databaseMs += ms
        meter.bytesSent += (stream?.bytesWritten ?? 0) - sent
        meter.bytesReceived += (stream?.bytesRead ?? 0) - received
      }
      this.#onStatement?.(firstWord(asked[0]), ms / 1000, error ? codeOf(error) : undefined)
    }
    const callback = asked.findLastIndex((each) => typeof each === 'function')
    if (callback > 0) {
      const tell = asked[callback] as (error: unknown, result: unknown) => void
      return send(
        ...asked.with(callback, (error: unknown, result: unknown) => {
          over(error)
          tell(error, result)
        }),
      )
    }
    const answer = send(...asked)
    if (isThenable(answer)) answer.then(() => over(), over)
    else if (isEmitter(answer)) for (const end of ['end', 'finish', 'close', 'error']) answer.once(end, over)
    return answer
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | undefined)?.then === 'function'
const isEmitter = (value: unknown): value is NodeJS.EventEmitter =>
  typeof (value as NodeJS.EventEmitter | undefined)?.once === 'function'

const known = new Set(['select', 'insert', 'update', 'delete', 'with', 'begin', 'commit', 'rollback', 'copy'])

/** Of a closed list: what people type must not make a series each. */
function firstWord(asked: unknown): string {
  const text = typeof asked === 'string' ? asked : ((asked as { text?: unknown } | undefined)?.text ?? '')
  const word = /^\s*(\w+)/.exec(String(text))?.[1]?.toLowerCase() ?? ''
  return known.has(word) ? word : 'other'
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^\w{1,20}$/.test(code) ? code : 'lost'
}
