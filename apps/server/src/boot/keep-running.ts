import { setTimeout as delay } from 'node:timers/promises'
import type { EmbeddedServer } from '@tenantry/db/embedded'
import type { Logger } from 'pino'

/** Milliseconds between two looks, and two tries. */
const rest = 200

/**
 * Watches the embedded server and starts it again when it dies unasked; whoever is connected finds it back at the same
 * place.
 * @param signal ends the watch: from then on a server that goes is meant to go
 * @returns the end of the watch: the server that is left to stop
 */
export async function keepRunning(
  server: EmbeddedServer,
  restart: (port: number) => Promise<EmbeddedServer>,
  log: Logger,
  signal: AbortSignal,
): Promise<EmbeddedServer> {
  let current = server
  let said = ''
  while (!signal.aborted) {
    await delay(rest, undefined, { signal }).catch(() => {})
    if (signal.aborted || current.isAlive()) continue
    if (!said) log.error({ pid: current.pid }, 'embedded PostgreSQL has died; starting it again')
    try {
      current = await restart(server.port)
      log.info({ pid: current.pid }, 'embedded PostgreSQL is up again')
      said = ''
    } catch (err) {
      const words = String(err)
      if (words !== said) log.error({ err }, 'embedded PostgreSQL does not start; trying again')
      said = words
    }
  }
  return current
}
