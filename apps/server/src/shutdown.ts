import type { Logger } from 'pino'

export interface Closing {
  /** Registers something to close; what was added last is closed first. */
  add(name: string, close: () => Promise<unknown>): void
}

/** Closes everything in turn at SIGINT or SIGTERM, then ends the process; a second signal ends it at once. */
export function closeInTurn(log: Logger): Closing {
  const parts: { name: string; close: () => Promise<unknown> }[] = []
  let closing = false
  const onSignal = async (signal: NodeJS.Signals) => {
    if (closing) process.exit(signal === 'SIGINT' ? 130 : 143)
    closing = true
    log.info({ signal }, 'closing; a second signal ends at once')
    for (const { name, close } of parts.toReversed()) {
      await close().catch((err) => log.warn({ err, part: name }, 'part did not close cleanly'))
    }
    log.info('closed')
    process.exit(0)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return { add: (name, close) => parts.push({ name, close }) }
}
