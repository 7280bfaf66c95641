import { openControl } from '@tenantry/db'
import { Registry } from 'prom-client'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { apiDefaults } from './config.ts'
import { startApi } from './start-api.ts'
import { createTestApi, next, type TestApi } from './testing/create-test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())

/** A second node on the same control database. */
async function startNode(drainMs = 0, port = 0) {
  const { pool, db } = openControl(api.control.url, { name: 'second node' })
  const config = { ...apiDefaults, drainMs, node: 'second', build: { version: '0.1.0', revision: 'abc' } }
  const node = await startApi(
    { core: { ...api.core, db }, pool, listenUrl: api.control.url, config, registry: new Registry() },
    { host: '127.0.0.1', port },
  ).catch(async (error) => {
    await pool.end()
    throw error
  })
  return { ...node, pool }
}

it('asks its sockets to leave, is not ready any more, and closes without a connection left', async () => {
  const { address, close, pool } = await startNode(400)
  const socket = io(address, {
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { cookie: await api.newCookie('viewer') },
  })
  await next(socket, 'connect')
  const drain = next(socket, 'drain')
  const gone = next(socket, 'disconnect')
  const closed = close()
  const [afterMs] = await drain
  expect(afterMs).toBeGreaterThanOrEqual(0)
  expect(afterMs).toBeLessThanOrEqual(400)
  expect((await fetch(`${address}/readyz`)).status).toBe(503)
  expect((await fetch(`${address}/livez`)).status).toBe(200)
  await gone
  await closed
  await expect(fetch(`${address}/livez`)).rejects.toThrow()
  await pool.end()
  const { rows } = await api.control.pool.query(
    "select count(*)::int as count from pg_stat_activity where datname = current_database() and application_name in ('second node', 'tenantry listen')",
  )
  // The first node still listens.
  expect(rows).toEqual([{ count: 1 }])
})

it('shares the log with its neighbours: a session ended at one node ends its sockets at the other', async () => {
  const { address, close, pool } = await startNode()
  const cookie = await api.newCookie('viewer')
  const socket = io(address, { transports: ['websocket'], reconnection: false, extraHeaders: { cookie } })
  await next(socket, 'connect')
  const ended = next(socket, 'ended')
  await api.tell('session.signOut', {}, { cookie })
  await api.relay()
  expect(await ended).toEqual(['signed out'])
  await close()
  await pool.end()
})

it('says so when its port is taken', async () => {
  const port = Number(new URL(api.address).port)
  await expect(startNode(0, port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
