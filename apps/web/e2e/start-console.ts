import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openClient } from './console-client.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** What everybody who signs in during the tests uses after the first time. */
export const ownPassword = 'correct horse battery staple'

export interface Console {
  readonly url: string
  readonly email: string
  readonly password: string
  /** The administrator, over HTTP: to arrange what a test starts from. */
  readonly admin: Awaited<ReturnType<typeof openClient>>
  /** A database of its PostgreSQL, as the superuser: what an operator with psql would have. */
  databaseUrl(name: string): string
  /** The tenants' database, as its superuser: for what somebody does by hand. */
  readonly clusterUrl: string
  stop(): Promise<void>
}

interface Wish {
  readonly demo?: boolean
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * The whole of Tenantry as people start it, on a port and in a home of its own, with the administrator's password chosen.
 * @param wish whether the demo fleet is filled (it is, if nothing is said), and other settings
 */
export async function startConsole({ demo = true, settings = {} }: Wish = {}): Promise<Console> {
  const home = mkdtempSync(path.join(tmpdir(), 'tenantry-e2e-'))
  const server = spawn(process.execPath, ['apps/server/src/main.ts'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      TENANTRY_HOME: home,
      TENANTRY_DEMO: demo ? '1' : '0',
      TENANTRY_LOG_FORMAT: 'json',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = async () => {
    await stopServer(server)
    rmSync(home, { recursive: true, force: true })
  }
  const databaseUrl = (name: string) => {
    const port = readFileSync(path.join(home, 'postgres/postmaster.pid'), 'utf8').split('\n')[3]
    const password = readFileSync(path.join(home, 'postgres.password'), 'utf8').trim()
    return `postgres://postgres:${password}@127.0.0.1:${port}/${name}`
  }
  try {
    const { url, email, firstPassword } = await readAnnouncement(server)
    const admin = await openClient(url, { email, password: firstPassword })
    await admin.mutate('session.changePassword', { current: firstPassword, next: ownPassword })
    await admin.signIn({ email, password: ownPassword })
    return {
      url,
      email,
      password: ownPassword,
      admin,
      databaseUrl,
      clusterUrl: databaseUrl('tenantry_cluster'),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Reads the server's log until it has said where it is and how to sign in the first time. */
async function readAnnouncement(server: ChildProcess) {
  const said: string[] = []
  server.stderr?.on('data', (chunk) => said.push(String(chunk)))
  if (!server.stdout) throw new Error('the server has no output')
  let url: string | undefined
  let first: { email: string; firstPassword: string } | undefined
  const lines = createInterface({ input: server.stdout })
  for await (const line of lines) {
    said.push(line)
    const entry = line.startsWith('{') ? JSON.parse(line) : {}
    if (entry.msg === 'ready') url = entry.address
    if (entry.firstPassword)
      first = { email: String(entry.email), firstPassword: String(entry.firstPassword) }
    if (url && first) {
      // Nobody reads on; what is written must not fill the pipe.
      server.stdout.resume()
      return { url, ...first }
    }
  }
  throw new Error(`the server ended before it was ready:\n${said.slice(-20).join('\n')}`)
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGTERM')
  await ended
}
