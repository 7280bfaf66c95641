import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { controlTemplate } from '../testing/control-template.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { openControl } from './open-control.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ template: controlTemplate })
})
afterAll(() => database.drop())

describe('the pool on the control database', () => {
  it('has its connection back when a transaction could not even begin', async () => {
    const { db, pool } = openControl(database.url, { name: 'test', max: 1 })
    pool.once('acquire', (client) => {
      const { query } = client
      client.query = () => {
        client.query = query
        return Promise.reject(new Error('connection lost'))
      }
    })
    await expect(db.transaction((tx) => tx.execute(sql`select 1`))).rejects.toThrow(/begin/)
    expect(pool.idleCount).toBe(1)
    expect(await db.transaction(async (tx) => (await tx.execute(sql`select 1 as one`)).rows)).toEqual([
      { one: 1 },
    ])
    await pool.end()
  })

  it('lets nobody keep locks for long who has stopped in the middle of a transaction', async () => {
    const { db, pool } = openControl(database.url, { name: 'test', max: 1 })
    const { rows } = await db.execute(sql`show idle_in_transaction_session_timeout`)
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '15s' }])
    await pool.end()
  })
})
