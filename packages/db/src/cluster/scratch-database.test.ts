import { afterAll, beforeAll, expect, it } from 'vitest'
import { asAdmin } from '../testing/create-test-database.ts'
import { withScratchDatabase } from './scratch-database.ts'
import { createTestCluster, type TestCluster } from './testing/test-cluster.ts'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await createTestCluster()
})
afterAll(() => cluster.drop())

async function existing(...names: string[]): Promise<string[]> {
  const { rows } = await cluster.admin.query(
    `SELECT datname AS name FROM pg_database WHERE datname = ANY ($1)
     UNION ALL SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)`,
    [names],
  )
  return rows.map(({ name }) => name)
}

it('leaves neither database nor roles, whether its use succeeds or fails', async () => {
  for (const fails of [false, true]) {
    const made: string[] = []
    const use = withScratchDatabase(cluster.adminUrl, async ({ url, pool, createStandIn }) => {
      const { tenantId, names } = await createStandIn()
      const { rows } = await pool.query('SELECT tenants_role, worker_role FROM tenantry.installation')
      made.push(
        new URL(url).pathname.slice(1),
        tenantId,
        names.writer,
        names.app,
        rows[0].tenants_role,
        rows[0].worker_role,
      )
      expect(await existing(...made)).toHaveLength(6)
      if (fails) throw new Error('on purpose')
    })
    if (fails) await expect(use).rejects.toThrow('on purpose')
    else await use
    expect(await existing(...made)).toEqual([])
  }
})

it('has the extensions of the cluster, as open to tenants as there', async () => {
  await cluster.admin.query(
    'CREATE SCHEMA shared; CREATE SCHEMA closed; GRANT USAGE ON SCHEMA shared TO PUBLIC',
  )
  const { rows } = await cluster.admin.query(
    `SELECT name FROM pg_available_extensions WHERE name IN ('citext', 'pg_trgm') AND installed_version IS NULL`,
  )
  const [open, closed] = rows.map(({ name }) => name)
  if (!open || !closed) return
  await cluster.admin.query(
    `CREATE EXTENSION ${open} SCHEMA shared; CREATE EXTENSION ${closed} SCHEMA closed`,
  )
  await withScratchDatabase(cluster.adminUrl, async ({ pool }) => {
    const found = await pool.query(
      `SELECT e.extname AS name, has_schema_privilege('public', e.extnamespace, 'USAGE') AS open
       FROM pg_extension e WHERE extname <> 'plpgsql' ORDER BY extname`,
    )
    expect(found.rows).toEqual(
      [
        { name: open, open: true },
        { name: closed, open: false },
      ].sort((a, b) => (a.name < b.name ? -1 : 1)),
    )
  })
})

it('sweeps away what a killed process left half an hour ago', async () => {
  const left = [
    'tenantry_scratch_000000001aaaaa',
    'tn_00000scratch000000001aaaaa',
    'tn_00000scratch000000001aaaaa_w',
  ]
  const [database, ...roles] = left
  await asAdmin(`CREATE DATABASE ${database}`)
  for (const role of roles) await asAdmin(`CREATE ROLE ${role}`)
  await withScratchDatabase(cluster.adminUrl, async () => {})
  expect(await existing(...left)).toEqual([])
})
