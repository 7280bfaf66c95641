import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

export interface EmbeddedServer {
  /** Superuser connection string to the database `postgres`. */
  readonly url: string
  readonly pid: number
  readonly port: number
  /** True when a server that had outlived its parent was taken over. */
  readonly adopted: boolean
  isAlive(): boolean
  /** Fast shutdown; resolves when the server is gone. */
  stop(): Promise<void>
}

interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** The postmaster of `dir`, if one is alive: line 1 of postmaster.pid is its pid, line 4 its port. */
export function findPostmaster(dir: string): Postmaster | undefined {
  const file = path.join(dir, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  return isAlive(pid) && port > 0 ? { pid, port } : undefined
}

/** The server of `dir` as its callers hold it. @throws when none runs there */
export function holdServer(dir: string, url: string, adopted: boolean): EmbeddedServer {
  const running = findPostmaster(dir)
  if (!running) throw new Error(`PostgreSQL in ${dir} left no postmaster.pid`)
  return {
    url,
    ...running,
    adopted,
    isAlive: () => isAlive(running.pid),
    async stop() {
      if (isAlive(running.pid)) process.kill(running.pid, 'SIGINT')
      while (isAlive(running.pid) && findPostmaster(dir)) await delay(15)
      // Its file goes a moment before it does. Bounded: one that nobody reaps seems alive for ever.
      const until = Date.now() + 5000
      while (isAlive(running.pid) && Date.now() < until) await delay(15)
    },
  }
}

export function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch {
    return false
  }
}

export function connectionString(password: string, port: number): string {
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
}

/** What is at the other end: a server that serves, one that starts, recovers or stops, one of another owner, or nothing. */
export async function askServer(url: string): Promise<'ready' | 'busy' | 'wrong password' | 'nobody'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return 'ready'
  } catch (error) {
    const { code } = error as { code?: string }
    return code === 'ECONNREFUSED' ? 'nobody' : code === '28P01' ? 'wrong password' : 'busy'
  } finally {
    await client.end().catch(() => {})
  }
}

/** What to say when the password that was kept is not the server's. */
export function wrongPassword(dir: string): Error {
  return new Error(
    `PostgreSQL in ${dir} refuses the password kept for it: put the old one back, or move ${dir} away to begin anew.`,
  )
}
