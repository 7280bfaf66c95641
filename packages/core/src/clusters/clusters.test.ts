import { randomBytes } from 'node:crypto'
import { createTestDatabase, type TestDatabase } from '@tenantry/db/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestCore, type TestCore } from '../testing/create-core.ts'
import { addCluster, type WantedCluster } from './add-cluster.ts'
import { upgradeClusters } from './upgrade-clusters.ts'

const masterKey = randomBytes(32)
let test: TestCore
let database: TestDatabase
beforeAll(async () => {
  test = await createTestCore()
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
  await test.close()
})

const queues: string[] = []
const add = (wanted: WantedCluster) =>
  addCluster(test.core, masterKey, wanted, async (id) => {
    const { rows } = await test.control.pool.query('select 1 from control.cluster where id = $1', [id])
    queues.push(`${id} ${rows.length ? 'after' : 'before'} its row`)
  })
const audits = async () =>
  (
    await test.control.pool.query(
      `select after->>'database' as database from control.audit where action = 'cluster.add'`,
    )
  ).rows

describe('adding a cluster', () => {
  it('makes its queue before anything can be placed on it, and leaves an audit row', async () => {
    const id = await add({ name: 'eu-2', adminUrl: database.url, maxConcurrency: 3 })
    expect(queues).toEqual([`${id} before its row`])
    expect(await audits()).toEqual([{ database: database.name }])
    const { rows } = await test.control.pool.query(
      'select max_concurrency, admin_url, endpoint from control.cluster where id = $1',
      [id],
    )
    expect(rows[0]).toMatchObject({ max_concurrency: 3, endpoint: { database: database.name } })
    expect(rows[0].admin_url).toMatch(/^v1\./)
  })

  it('again under the same address changes its concurrency alone, and asks nobody: it may be down', async () => {
    const before = await audits()
    await add({ name: 'eu-2', adminUrl: database.url, maxConcurrency: 5 })
    expect(await audits()).toEqual(before)
    const { rows } = await test.control.pool.query(
      `select max_concurrency from control.cluster where name = 'eu-2'`,
    )
    expect(rows).toEqual([{ max_concurrency: 5 }])
  })

  it('refuses the control database', async () => {
    await expect(add({ name: 'wrong', adminUrl: test.control.url })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('is the control database'),
    })
  })

  it('refuses a database that is a cluster under another name', async () => {
    await expect(add({ name: 'twin', adminUrl: database.url })).rejects.toMatchObject({
      message: expect.stringContaining('is the cluster eu-2 already'),
    })
  })

  it('names the cluster that does not answer, without its password', async () => {
    const gone = new URL(database.url)
    gone.port = '1'
    gone.password = 'never-in-a-message'
    const error = await add({ name: 'gone', adminUrl: gone.href }).catch((e) => e)
    expect(error.message).toContain('cluster gone (127.0.0.1:1/')
    expect(error.message).not.toContain(gone.password)
  })
})

describe('upgrading the registered clusters', () => {
  it('goes on past one that does not answer', async () => {
    const ids = await upgradeClusters(test.core, masterKey).catch((e) => e)
    // The fixture's own cluster holds no sealed address at all: worse than down.
    expect(ids).toHaveLength(2)
  })
})
