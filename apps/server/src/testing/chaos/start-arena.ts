import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Database, newId, openClient, openControl } from '@tenantry/db'
import { type EmbeddedServer, startEmbedded } from '@tenantry/db/embedded'
import { startTcpRelay } from '@tenantry/worker/testing/cable'
import pg from 'pg'
import { openSeat, type Role, type Seat } from './processes.ts'
import { watchCluster, watchControl } from './witnesses.ts'

/** A PostgreSQL of its own behind a cable, and a pool on it that passes the cable by. */
export interface Site {
  readonly cable: Awaited<ReturnType<typeof startTcpRelay>>
  readonly pool: pg.Pool
  /** As the processes reach it, over the cable. */
  readonly url: string
  /** Past the cable. */
  readonly directUrl: string
  /** Immediate shutdown and a new start, as after a crash of the machine's software. */
  restart(): Promise<void>
  close(): Promise<void>
}

// Processes crash here and disks do not: what is in the kernel's hands is safe.
const serverSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '150',
  shared_buffers: '32MB',
}

async function openSite(dir: string, database: string): Promise<Site> {
  const options = { dir, password: 'chaos', settings: serverSettings }
  let server: EmbeddedServer = await startEmbedded(options)
  const { port } = server
  const admin = await openClient(server.url, 'chaos')
  await admin.query(`create database ${database}`)
  await admin.end()
  const direct = server.url.replace(/postgres$/, database)
  const cable = await startTcpRelay({ host: '127.0.0.1', port })
  const pool = new pg.Pool({ connectionString: direct, application_name: 'chaos', max: 4 })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return {
    cable,
    pool,
    directUrl: direct,
    url: direct.replace(`:${port}/`, `:${cable.port}/`),
    async restart() {
      process.kill(server.pid, 'SIGQUIT')
      while (server.isAlive()) await delay(10)
      server = await startEmbedded({ ...options, port })
    },
    async close() {
      await cable.close()
      await pool.end()
      await server.stop()
    },
  }
}

export interface ArenaOptions {
  readonly workers: number
  readonly leaseSeconds: number
  readonly nextFailpoint: () => string | undefined
  readonly onFailpoint: (how: 'died' | 'stopped') => void
  readonly sleepMs: () => number
}

export interface Arena {
  readonly control: Site & { readonly db: Database }
  readonly cluster: Site
  readonly workers: readonly Seat[]
  readonly api: Seat
  readonly leaseMs: number
  /** Of a member who may do everything. */
  readonly cookie: string
  readonly userId: string
  /** What processes have died of that nobody had killed. */
  readonly crashes: string[]
  /** Asks one of the databases, past the cable, and again while it restarts. */
  ask<Row>(site: Site, query: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** Two PostgreSQL servers, several workers and an API, all real processes, with cables between them that can be cut. */
export async function startArena(options: ArenaOptions): Promise<Arena> {
  const root = mkdtempSync(path.join(tmpdir(), 'tenantry-chaos-'))
  const control = await openSite(path.join(root, 'control'), 'control')
  const cluster = await openSite(path.join(root, 'cluster'), 'cluster')
  const runtime = openControl(control.directUrl, { name: 'chaos', max: 2 })
  const crashes: string[] = []
  const seats: Seat[] = []
  const settings = {
    DATABASE_URL: control.url,
    TENANTRY_CLUSTER_URL: cluster.url,
    TENANTRY_MASTER_KEY: randomBytes(32).toString('base64'),
    TENANTRY_LEASE_SECONDS: String(options.leaseSeconds),
    TENANTRY_DRAIN_SECONDS: '1',
  }
  const sit = (role: Role) => {
    const seat = openSeat({
      role,
      settings,
      nextFailpoint: role === 'worker' ? options.nextFailpoint : () => undefined,
      onFailpoint: options.onFailpoint,
      sleepMs: options.sleepMs,
      onCrash: (words) => crashes.push(words),
    })
    seats.push(seat)
    return seat
  }
  const close = async () => {
    await Promise.all(seats.map((seat) => seat.close()))
    await runtime.pool.end()
    await Promise.all([control.close(), cluster.close()])
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const api = sit('api')
    await api.process().ready
    await control.pool.query(watchControl)
    await cluster.pool.query(watchCluster)
    const { cookie, userId } = await signIn(control.pool)
    const workers = Array.from({ length: options.workers }, () => sit('worker'))
    await Promise.all(workers.map((worker) => worker.process().ready))
    return {
      control: { ...control, db: runtime.db },
      cluster,
      api,
      workers,
      crashes,
      cookie,
      userId,
      leaseMs: options.leaseSeconds * 1000,
      async ask<Row>(site: Site, query: string, values: unknown[] = []) {
        for (;;) {
          try {
            return (await site.pool.query(query, values)).rows as Row[]
          } catch (error) {
            if (!/^(57P|08)|ECONN|terminated/.test(`${(error as { code?: string }).code} ${error}`))
              throw error
            await delay(50)
          }
        }
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** A member and a session, made in the table: nobody types a password here. */
async function signIn(pool: pg.Pool): Promise<{ cookie: string; userId: string }> {
  const userId = newId('us')
  const token = randomBytes(32).toString('base64url')
  await pool.query(
    `insert into control."user" (id, email, name, role, must_change_password) values ($1, 'chaos@tenantry.test', 'Chaos', 'admin', false)`,
    [userId],
  )
  await pool.query(
    `insert into control.session (id, user_id, expires_at, ends_at, confirmed_at)
     values ($1, $2, now() + interval '1 day', now() + interval '1 day', now() + interval '1 day')`,
    [createHash('sha256').update(token).digest('hex'), userId],
  )
  return { userId, cookie: `tenantry=${token}` }
}
