import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type EmbeddedMajor, embeddedBinaries } from './binaries.ts'
import { freePort } from './free-port.ts'
import { spawnUnprivileged } from './unprivileged.ts'

export interface EmbeddedOptions {
  /** The data directory; made by initdb when it is not there. */
  readonly dir: string
  readonly major?: EmbeddedMajor
  /** Password of the superuser `postgres`; set at initdb. */
  readonly password: string
  /** Server settings, such as `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface EmbeddedServer {
  /** Superuser connection string to the database `postgres`. */
  readonly url: string
  readonly pid: number
  /** True when a server that had outlived its parent was taken over. */
  readonly adopted: boolean
  /** Fast shutdown; resolves when the server is gone. */
  stop(): Promise<void>
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
 * @throws with the server's own words when initdb or the start fails
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const dir = path.resolve(options.dir)
  const adopted = await adopt(dir, options.password)
  if (adopted) return adopted

  const binaries = await embeddedBinaries(options.major)
  if (!existsSync(path.join(dir, 'PG_VERSION'))) await initialise(binaries.initdb, dir, options.password)

  const port = await freePort()
  const settings = { ...base, ...options.settings, port: String(port) }
  const args = ['-D', dir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const child = spawnUnprivileged(binaries.postgres, args, dir, {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  })
  let words = ''
  let exited = false
  child.stderr?.on('data', (chunk) => {
    words = (words + chunk).slice(-4000)
  })
  child.once('exit', () => {
    exited = true
  })

  const url = connectionString(options.password, port)
  while ((await ask(url)) !== 'ready') {
    if (exited) throw new Error(`PostgreSQL did not start in ${dir}: ${words.trim()}`)
    await delay(15)
  }
  child.stderr?.removeAllListeners('data')
  child.stderr?.resume()
  child.unref()
  return server(dir, url, false)
}

async function initialise(initdb: string, dir: string, password: string): Promise<void> {
  mkdirSync(path.dirname(dir), { recursive: true })
  const passwordFile = `${dir}.initdb`
  writeFileSync(passwordFile, password, { mode: 0o644 })
  const args = ['-D', dir, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  try {
    await new Promise<void>((resolve, reject) => {
      const child = spawnUnprivileged(initdb, [...args, '--no-sync', '-E', 'UTF8', '--locale=C'], dir, {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      })
      let words = ''
      child.stderr?.on('data', (chunk) => {
        words += chunk
      })
      child.once('error', reject)
      child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`initdb failed: ${words}`))))
    })
  } catch (error) {
    rmSync(dir, { recursive: true, force: true })
    throw error
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** The postmaster of `dir`, if one is alive: line 1 of postmaster.pid is its pid, line 4 its port. */
function postmaster(dir: string): { pid: number; port: number } | undefined {
  const file = path.join(dir, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  return isAlive(pid) && port > 0 ? { pid, port } : undefined
}

async function adopt(dir: string, password: string): Promise<EmbeddedServer | undefined> {
  const found = postmaster(dir)
  if (!found) return undefined
  const url = connectionString(password, found.port)
  // A server killed together with its parent leaves its pid file behind, and the pid may be anybody's by now.
  for (let attempt = 0; attempt < 100 && isAlive(found.pid); attempt++) {
    const answer = await ask(url)
    if (answer === 'ready') return server(dir, url, true)
    if (answer === 'nobody') return undefined
    if (answer === 'wrong password') {
      throw new Error(
        `PostgreSQL (pid ${found.pid}) runs in ${dir} and refuses the password kept for it: stop it first.`,
      )
    }
    await delay(50)
  }
  return undefined
}

function server(dir: string, url: string, adopted: boolean): EmbeddedServer {
  const running = postmaster(dir)
  if (!running) throw new Error(`PostgreSQL in ${dir} left no postmaster.pid`)
  return {
    url,
    pid: running.pid,
    adopted,
    async stop() {
      if (isAlive(running.pid)) process.kill(running.pid, 'SIGINT')
      while (isAlive(running.pid) && postmaster(dir)) await delay(15)
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}

function connectionString(password: string, port: number): string {
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
}

/** What is at the other end: a server that serves, one that starts or recovers, one of another owner, or nothing. */
async function ask(url: string): Promise<'ready' | 'starting' | 'wrong password' | 'nobody'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return 'ready'
  } catch (error) {
    const { code } = error as { code?: string }
    return code === '57P03' ? 'starting' : code === '28P01' ? 'wrong password' : 'nobody'
  } finally {
    await client.end().catch(() => {})
  }
}
