import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { emptyMeter, MeteredPool, metered } from './metered-client.ts'

let database: TestDatabase
let pool: MeteredPool
const said: (readonly [string, string | undefined])[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  pool = new MeteredPool({
    connectionString: database.url,
    max: 1,
    onStatement: (operation, seconds, error) => seconds >= 0 && said.push([operation, error]),
  })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

/** So many statements, of which each waits for the only connection. */
async function work(count: number) {
  const meter = emptyMeter()
  await metered(meter, async () => {
    for (let i = 0; i < count; i++) await pool.query('select repeat($1, 1000)', ['x'])
  })
  return meter
}

describe('a meter', () => {
  it('counts the statements of its own work, also when another’s end gives it the connection', async () => {
    const meters = await Promise.all([work(2), work(5), work(9)])
    expect(meters.map(({ roundTrips }) => roundTrips)).toEqual([2, 5, 9])
  })

  it('counts time and bytes both ways', async () => {
    const { databaseMs, bytesReceived, bytesSent } = await work(3)
    expect(databaseMs).toBeGreaterThan(0)
    expect(bytesReceived).toBeGreaterThan(3000)
    expect(bytesSent).toBeGreaterThan(60)
    expect(bytesSent).toBeLessThan(bytesReceived)
  })

  it('counts a statement that fails', async () => {
    const meter = emptyMeter()
    await expect(metered(meter, () => pool.query('select 1 / 0'))).rejects.toThrow(/division by zero/)
    expect(meter.roundTrips).toBe(1)
  })
})

describe('whoever listens', () => {
  it('hears the first word of each statement, of a closed list, and the SQLSTATE of what failed', async () => {
    said.length = 0
    await pool.query('  UPDATE pg_class set relname = relname where false')
    await pool.query('show server_version')
    await pool.query('select 1 / 0').catch(() => {})
    const client = await pool.connect()
    await client.query('begin')
    await client.query('rollback')
    client.release()
    expect(said).toEqual([
      ['update', undefined],
      ['other', undefined],
      ['select', '22012'],
      ['begin', undefined],
      ['rollback', undefined],
    ])
  })
})
