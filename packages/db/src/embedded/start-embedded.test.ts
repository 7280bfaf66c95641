import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { freePort } from './free-port.ts'
import { startEmbedded } from './start-embedded.ts'

const root = mkdtempSync(path.join(tmpdir(), 'tenantry-embedded-'))
const dir = path.join(root, 'pg')
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

/** In front of a server: answers as many connections as a recovering one does, then hands on. */
async function recoveringFor(times: number, port: number) {
  const starting = Buffer.from('SFATAL\0C57P03\0Mthe database system is starting up\0\0')
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(starting.length + 4, 1)
  let refused = 0
  const relay = net.createServer((inbound) => {
    inbound.on('error', () => {})
    if (refused < times) {
      refused++
      inbound.once('data', () => inbound.end(Buffer.concat([head, starting])))
      return
    }
    const outbound = net.connect(port, '127.0.0.1')
    outbound.on('error', () => {})
    inbound.pipe(outbound).pipe(inbound)
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  return {
    port: (relay.address() as net.AddressInfo).port,
    refused: () => refused,
    close: () => relay.close(),
  }
}

describe('the embedded server', () => {
  it('starts in an empty folder, is adopted by the next caller, keeps its data over a restart', async () => {
    const first = await startEmbedded({ dir, password: 'p%ss' })
    await ask(first.url, 'create table kept as select 42 as answer')

    const second = await startEmbedded({ dir, password: 'p%ss' })
    expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url })
    await second.stop()
    await expect(ask(first.url, 'select 1')).rejects.toThrow()

    const third = await startEmbedded({ dir, password: 'p%ss' })
    expect(third.adopted).toBe(false)
    expect(await ask(third.url, 'select answer from kept')).toBe(42)

    process.kill(third.pid, 'SIGKILL')
    const fourth = await startEmbedded({ dir, password: 'p%ss' })
    expect(await ask(fourth.url, 'select answer from kept')).toBe(42)
    await fourth.stop()
  }, 60_000)

  it('asks for the password', async () => {
    const server = await startEmbedded({ dir, password: 'p%ss' })
    await expect(ask(server.url.replace('p%25ss', 'wrong'), 'select 1')).rejects.toThrow(/password/)
    await expect(startEmbedded({ dir, password: 'wrong' })).rejects.toThrow(/refuses the password/)
    await server.stop()
    await expect(startEmbedded({ dir, password: 'lost' })).rejects.toThrow(/refuses the password/)
    const again = await startEmbedded({ dir, password: 'p%ss' })
    expect(again.adopted).toBe(false)
    await again.stop()
  }, 30_000)

  it('starts where it is told to', async () => {
    const port = await freePort()
    const server = await startEmbedded({ dir, password: 'p%ss', port })
    expect(server).toMatchObject({ port, url: expect.stringContaining(`:${port}/`) })
    await server.stop()
    expect(server.isAlive()).toBe(false)
  })

  it('is waited for while it recovers, however long, instead of being started twice', async () => {
    const server = await startEmbedded({ dir, password: 'p%ss' })
    const recovering = await recoveringFor(110, server.port)
    const file = path.join(dir, 'postmaster.pid')
    const written = readFileSync(file, 'utf8')
    writeFileSync(file, written.replace(`\n${server.port}\n`, `\n${recovering.port}\n`))
    const adopted = await startEmbedded({ dir, password: 'p%ss' })
    expect(adopted).toMatchObject({ adopted: true, pid: server.pid, port: recovering.port })
    expect(recovering.refused()).toBe(110)
    writeFileSync(file, written)
    recovering.close()
    await server.stop()
  }, 30_000)

  it('clears away what an interrupted initdb has left', async () => {
    const home = path.join(root, 'interrupted')
    mkdirSync(path.join(home, 'pg.initdb-dead'), { recursive: true })
    writeFileSync(path.join(home, 'pg.initdb-dead/password'), 'secret')
    const server = await startEmbedded({ dir: path.join(home, 'pg'), password: 'secret' })
    expect(readdirSync(home)).toEqual(['pg'])
    await server.stop()
  }, 30_000)

  it.runIf(process.getuid?.() === 0)(
    'runs for root in a folder closed to others, also without user namespaces',
    async () => {
      const home = path.join(root, 'closed')
      chmodSync(root, 0o755)
      mkdirSync(home, { mode: 0o700 })
      writeFileSync(path.join(home, 'master.key'), 'secret', { mode: 0o600 })
      const programs = process.env.PATH
      // No unshare to be found, and no user postgres.
      process.env.PATH = '/nowhere'
      try {
        const server = await startEmbedded({ dir: path.join(home, 'pg'), password: 'x' })
        expect(await ask(server.url, 'select 1')).toBe(1)
        expect(statSync(path.join(home, 'pg')).uid).not.toBe(0)
        expect(statSync(home).mode & 0o007).toBe(0)
        expect(statSync(path.join(home, 'master.key')).uid).toBe(0)
        await server.stop()
      } finally {
        process.env.PATH = programs
      }
    },
    30_000,
  )

  it('says why it cannot start', async () => {
    await expect(
      startEmbedded({ dir: path.join(root, 'broken'), password: 'x', settings: { wal_level: 'nonsense' } }),
    ).rejects.toThrow(/wal_level/)
  }, 30_000)
})
