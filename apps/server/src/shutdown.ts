import { constants } from 'node:os'
import type { Logger } from 'pino'

export interface Closing {
  /** Aborted before anything closes: for whoever waits. */
  readonly signal: AbortSignal
  /**
   * Starts a part of the process and remembers how it closes; what was started last is closed first. A signal lets the
   * part that is starting finish, then everything is closed and the process ends: this never returns.
   */
  start<T>(name: string, start: () => T | Promise<T>, close?: (part: T) => Promise<unknown>): Promise<T>
  /** The start is over: from now on a signal closes at once. */
  started(): void
  /** Closes what has been started, for a start that failed. */
  close(): Promise<void>
}

/** Closes everything in turn at SIGINT, SIGTERM or SIGHUP, then ends the process; a second signal ends it at once. */
export function closeInTurn(log: Logger): Closing {
  const parts: { name: string; close: () => Promise<unknown> }[] = []
  const stopping = new AbortController()
  let starting = true
  let asked = false

  async function close(): Promise<void> {
    stopping.abort()
    for (let part = parts.pop(); part; part = parts.pop()) {
      const { name } = part
      log.debug({ part: name }, 'closing')
      await part.close().catch((err) => log.warn({ err, part: name }, 'part did not close cleanly'))
    }
  }
  async function end(): Promise<never> {
    await close()
    log.info('closed')
    process.exit(0)
  }
  function onSignal(signal: NodeJS.Signals): void {
    if (asked) process.exit(128 + constants.signals[signal])
    asked = true
    log.info({ signal }, 'closing; a second signal ends at once')
    stopping.abort()
    if (!starting) void end()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  process.on('SIGHUP', onSignal)

  return {
    signal: stopping.signal,
    async start(name, start, close) {
      const part = await start()
      if (close) parts.push({ name, close: () => close(part) })
      if (asked) await end()
      return part
    },
    started() {
      starting = false
      if (asked) void end()
    },
    close,
  }
}
