import { randomBytes } from 'node:crypto'
import { type ClientToServerEvents, type Role, roles, type ServerToClientEvents } from '@tenantry/contracts'
import {
  type CoreContext,
  createCacheMetrics,
  createQueue,
  createServiceCache,
  ensureSystemUser,
  openBoss,
  prepareQueues,
} from '@tenantry/core'
import { newId, openControl, openVault } from '@tenantry/db'
import { cluster, migration, template, templateVersion, user } from '@tenantry/db/schema'
import { type ControlTestDatabase, createControlDatabase } from '@tenantry/db/testing'
import type pg from 'pg'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { io, type Socket } from 'socket.io-client'
import { createSessions } from '../auth/sessions.ts'
import { type ApiConfig, apiDefaults } from '../config.ts'
import { type RunningApi, startApi } from '../start-api.ts'
import { createLine, type Line } from './create-line.ts'

export type LiveClient = Socket<ServerToClientEvents, ClientToServerEvents>

/** What the server says next under a name. */
export function next(
  // biome-ignore lint/suspicious/noExplicitAny: every event has its own arguments
  socket: { once(name: any, listener: (...heard: any[]) => void): unknown },
  name: keyof ServerToClientEvents | 'disconnect' | 'connect',
  // biome-ignore lint/suspicious/noExplicitAny: every event has its own arguments
): Promise<any[]> {
  return new Promise((resolve) => socket.once(name, (...heard) => resolve(heard)))
}

/** The reply to a call, as a client sees it. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies of every shape
  readonly body: any
  readonly text: string
}

export interface Call {
  readonly as?: Role | undefined
  readonly cookie?: string | undefined
  readonly method?: 'GET' | 'POST'
  readonly headers?: Record<string, string>
}

export interface TestApi {
  readonly address: string
  readonly control: ControlTestDatabase
  readonly core: CoreContext
  readonly pool: pg.Pool
  readonly registry: Registry
  readonly clusterId: string
  readonly templateId: string
  readonly users: Record<Role, string>
  /** Everything that was logged, a line an entry. */
  readonly logged: string[]
  /** A question. */
  ask(path: string, input?: unknown, call?: Call): Promise<Reply>
  /** A change. */
  tell(path: string, input?: unknown, call?: Call): Promise<Reply>
  /** The cookie of a new session of the role's member, or of a user. */
  newCookie(who: Role | { userId: string }): Promise<string>
  /** Moves what was said to the event log. */
  relay(): Promise<void>
  /** An open socket. */
  connect(as: Role | { cookie: string }, headers?: Record<string, string>): Promise<LiveClient>
  /** Makes the control database unreachable for the API, and reachable again. */
  readonly line: Line
  close(): Promise<void>
}

/** argon2id of `the fixture password`; members of tests share it, so that making them costs nothing. */
export const passwordHash =
  '$argon2id$v=19$m=19456,t=2,p=1$SqkJHJ8yiklUPX5XYFotiw$CiyiUFQRQMJwdODegN854VG0KsHIoinaCBtpImHq8BM'

/** The whole door on a control database of its own, with a cluster, a ready template and a member of each role. */
export async function createTestApi(change: Partial<ApiConfig> = {}): Promise<TestApi> {
  const control = await createControlDatabase()
  const clusterId = newId('cl')
  const templateId = newId('tp')
  const users = { viewer: newId('us'), operator: newId('us'), admin: newId('us') }
  await prepareQueues(control.url, [clusterId])
  const line = await createLine(control.url)
  const { db, pool } = openControl(line.url, { name: 'api test', max: 10 })
  const boss = await openBoss(control.url, { name: 'api test', supervise: false, onError: () => {} })
  const logged: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => logged.push(line) })
  const registry = new Registry()
  const cache = createServiceCache({ metrics: createCacheMetrics(registry) })
  const core: CoreContext = { db, queue: createQueue(boss), log, cache, vault: openVault(randomBytes(32)) }
  await ensureSystemUser(db)
  for (const role of roles) {
    await db.insert(user).values({
      id: users[role],
      email: `${role}@tenantry.test`,
      name: role,
      role,
      passwordHash,
      mustChangePassword: false,
    })
  }
  await db.insert(cluster).values({ id: clusterId, name: 'eu-1', adminUrl: 'sealed', workerUrl: 'sealed' })
  await db.insert(template).values({ id: templateId, slug: 'university', name: 'University' })
  await db
    .insert(migration)
    .values({ templateId, version: 1, name: 'people', sql: 'create table person ()', checksum: 'c' })
  await db.insert(templateVersion).values({
    templateId,
    version: 1,
    state: 'ready',
    snapshot: 's',
    placeholders: { schema: 's', owner: 'o', writer: 'w', app: 'a' },
    fingerprint: 'f',
  })

  const config: ApiConfig = {
    ...apiDefaults,
    node: 'test',
    build: { version: '0.1.0', revision: 'abc' },
    ...change,
  }
  const api: RunningApi = await startApi(
    { core, pool, listenUrl: line.url, config, registry },
    { host: '127.0.0.1', port: 0 },
  )
  const sessions = createSessions(db, config.sessions)
  const cookies = new Map<Role, Promise<string>>()
  const open = new Set<LiveClient>()

  const newCookie = async (who: Role | { userId: string }) => {
    const userId = typeof who === 'string' ? users[who] : who.userId
    const { token } = await sessions.create(userId, { address: '127.0.0.1', userAgent: 'test' })
    return `tenantry=${token}`
  }
  const cookieOf = (role: Role) => {
    const kept = cookies.get(role) ?? newCookie(role)
    cookies.set(role, kept)
    return kept
  }

  async function send(url: string, init: RequestInit, { as, cookie, headers }: Call): Promise<Reply> {
    const sent = cookie ?? (as && (await cookieOf(as)))
    const response = await fetch(url, {
      ...init,
      headers: { ...(sent ? { cookie: sent } : {}), ...(init.headers as Record<string, string>), ...headers },
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: parse(text) }
  }

  return {
    address: api.address,
    control,
    core,
    pool,
    registry,
    clusterId,
    templateId,
    users,
    logged,
    ask: (path, input, call = {}) => {
      const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
      return send(`${api.address}/trpc/${path}${query}`, { method: call.method ?? 'GET' }, call)
    },
    tell: (path, input, call = {}) =>
      send(
        `${api.address}/trpc/${path}`,
        {
          method: call.method ?? 'POST',
          headers: { 'x-tenantry': '1', 'content-type': 'application/json' },
          body: JSON.stringify(input ?? {}),
        },
        call,
      ),
    newCookie,
    line,
    async relay() {
      await control.pool.query('select control.relay_events()')
    },
    async connect(as, headers = {}) {
      const cookie = typeof as === 'string' ? await cookieOf(as) : as.cookie
      const socket: LiveClient = io(api.address, {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        extraHeaders: { cookie, ...headers },
      })
      open.add(socket)
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve)
        socket.once('connect_error', reject)
      })
      return socket
    },
    async close() {
      for (const socket of open) socket.disconnect()
      await api.close()
      await boss.stop({ graceful: false })
      await pool.end()
      await line.close()
      await control.drop()
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
