import type { Logger } from 'pino'
import type { Closing } from '../shutdown.ts'
import { type EmbeddedDatabases, restartEmbedded, startEmbeddedDatabases } from './embedded-databases.ts'
import { keepRunning } from './keep-running.ts'
import { lockHome } from './lock-home.ts'

/**
 * The embedded PostgreSQL of `home`, for this process alone: watched while the process runs, stopped when it closes.
 * @throws HomeTaken
 */
export async function openEmbedded(home: string, log: Logger, closing: Closing): Promise<EmbeddedDatabases> {
  await closing.start(
    'home',
    () => lockHome(home),
    async (unlock) => unlock(),
  )
  const { databases } = await closing.start(
    'embedded PostgreSQL',
    async () => {
      const databases = await startEmbeddedDatabases(home)
      const { server } = databases
      log.info({ adopted: server.adopted, home }, 'embedded PostgreSQL is up')
      const restart = (port: number) => restartEmbedded(home, port)
      return { databases, watched: keepRunning(server, restart, log, closing.signal) }
    },
    async ({ watched }) => (await watched).stop(),
  )
  return databases
}
