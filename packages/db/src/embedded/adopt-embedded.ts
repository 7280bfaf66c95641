import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  askServer,
  connectionString,
  type EmbeddedServer,
  findPostmaster,
  holdServer,
  isAlive,
  wrongPassword,
} from './postmaster.ts'

/** Recovery after a crash reads back what was written since the last checkpoint; minutes are much. */
const mostRecoveryMs = 5 * 60_000

/**
 * The server that already runs in `dir`, once it serves; undefined when there is none.
 * @throws when it refuses the password, or does not serve within five minutes
 */
export async function adoptEmbedded(options: {
  readonly dir: string
  readonly password: string
}): Promise<EmbeddedServer | undefined> {
  const dir = path.resolve(options.dir)
  const found = findPostmaster(dir)
  if (!found) return undefined
  const url = connectionString(options.password, found.port)
  const until = Date.now() + mostRecoveryMs
  // A server killed together with its parent leaves its pid file behind, and the pid may be anybody's by now.
  while (isAlive(found.pid)) {
    const answer = await askServer(url)
    if (answer === 'ready') return holdServer(dir, url, true)
    if (answer === 'nobody') return undefined
    if (answer === 'wrong password') throw wrongPassword(dir)
    if (Date.now() > until) {
      throw new Error(
        `PostgreSQL (pid ${found.pid}) in ${dir} has been starting for five minutes: look at it.`,
      )
    }
    await delay(50)
  }
  return undefined
}
