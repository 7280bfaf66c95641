import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { adoptEmbedded } from './adopt-embedded.ts'
import { type EmbeddedMajor, embeddedBinaries } from './binaries.ts'
import { freePort } from './free-port.ts'
import { initDataDirectory } from './init-data-directory.ts'
import { askServer, connectionString, type EmbeddedServer, holdServer, wrongPassword } from './postmaster.ts'
import { spawnUnprivileged } from './unprivileged.ts'

export interface EmbeddedOptions {
  /** The data directory; made by initdb when it is not there. */
  readonly dir: string
  readonly major?: EmbeddedMajor
  /** Password of the superuser `postgres`; set at initdb. */
  readonly password: string
  /** Any free one when left out. A server that runs already keeps its own. */
  readonly port?: number
  /** Server settings, such as `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

const base: Readonly<Record<string, string>> = {
  max_connections: '200',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_prepared_transactions: '0',
  max_locks_per_transaction: '256',
  shared_buffers: '128MB',
  log_min_messages: 'fatal',
}

/**
 * Starts PostgreSQL out of an npm package in `dir`, or adopts the server that already runs there: the server outlives
 * a killed parent, and two servers must never share a data directory.
 * @throws with the server's own words when initdb or the start fails, or when it refuses the password
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const dir = path.resolve(options.dir)
  const adopted = await adoptEmbedded({ dir, password: options.password })
  if (adopted) return adopted

  const binaries = await embeddedBinaries(options.major)
  if (!existsSync(path.join(dir, 'PG_VERSION'))) {
    await initDataDirectory(binaries.initdb, dir, options.password)
  }
  const port = options.port ?? (await freePort())
  const settings = { ...base, ...options.settings, port: String(port) }
  const args = ['-D', dir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const child = spawnUnprivileged(binaries.postgres, args, dir, {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  })
  let words = ''
  child.stderr?.on('data', (chunk) => {
    words = (words + chunk).slice(-4000)
  })
  let gone = false
  const end = once(child, 'close').catch((error) => {
    words += error.message
  })
  end.then(() => {
    gone = true
  })

  const url = connectionString(options.password, port)
  for (;;) {
    const answer = await askServer(url)
    if (gone) throw new Error(`PostgreSQL did not start in ${dir}: ${words.trim()}`)
    if (answer === 'ready') break
    if (answer === 'wrong password') {
      child.kill('SIGINT')
      await end
      throw wrongPassword(dir)
    }
    await delay(15)
  }
  child.stderr?.removeAllListeners('data')
  child.stderr?.resume()
  child.unref()
  return holdServer(dir, url, false)
}
