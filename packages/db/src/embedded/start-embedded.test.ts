import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
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
  }, 30_000)

  it('says why it cannot start', async () => {
    await expect(
      startEmbedded({ dir: path.join(root, 'broken'), password: 'x', settings: { wal_level: 'nonsense' } }),
    ).rejects.toThrow(/wal_level/)
  }, 30_000)
})
