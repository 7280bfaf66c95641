import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSnapshot, type SnapshotMigration, TemplateError } from './build-snapshot.ts'
import { renderSnapshot } from './render-snapshot.ts'
import { createTestCluster, type TestCluster } from './testing/test-cluster.ts'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await createTestCluster()
})
afterAll(() => cluster.drop())

const history = (...scripts: string[]): SnapshotMigration[] =>
  scripts.map((sql, place) => ({ version: place + 1, name: `m${place + 1}`, sql }))
const build = (...scripts: string[]) =>
  buildSnapshot({ adminUrl: cluster.adminUrl, migrations: history(...scripts) })

async function provision(snapshot: Awaited<ReturnType<typeof build>>): Promise<string> {
  const tenant = await cluster.createTenant()
  const names = { schema: tenant.schema, owner: tenant.id, writer: `${tenant.id}_w`, app: `${tenant.id}_app` }
  await cluster.run(tenant, renderSnapshot(snapshot, names))
  return tenant.schema
}

describe('a snapshot', () => {
  it('builds tenants with the fingerprint that it promises', async () => {
    const snapshot = await build(
      'CREATE TABLE a (id int PRIMARY KEY, note text)',
      `ALTER TABLE a DROP COLUMN note; CREATE TABLE b (id int REFERENCES a);
       CREATE FUNCTION f() RETURNS int LANGUAGE sql SET search_path FROM CURRENT AS $$ SELECT count(*)::int FROM a $$;
       CREATE VIEW v AS SELECT f() AS n`,
    )
    expect(snapshot).toMatchObject({ method: 'dump', relations: 4 })
    const schema = await provision(snapshot)
    expect(await cluster.ask('SELECT tenantry.fingerprint($1)', [schema])).toBe(snapshot.fingerprint)
    expect(snapshot.sql).not.toMatch(/CREATE SCHEMA|OWNER TO|restrict|^SET (?!LOCAL)/m)
  })

  it('carries the reference rows and the state of sequences', async () => {
    const snapshot = await build(
      `CREATE TABLE grade (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, word text);
       INSERT INTO grade (word) VALUES ('good'), ('bad; --'), (NULL);
       CREATE MATERIALIZED VIEW words AS SELECT count(*) AS n FROM grade`,
    )
    const schema = await provision(snapshot)
    const { rows } = await cluster.admin.query(
      `INSERT INTO ${schema}.grade (word) VALUES ('next') RETURNING id, (SELECT n FROM ${schema}.words)`,
    )
    expect(rows).toEqual([{ id: 4, n: '3' }])
  })

  it('carries privileges of the template itself', async () => {
    const snapshot = await build(
      'CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1; REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC',
    )
    expect(snapshot).toMatchObject({ method: 'dump', sql: expect.stringContaining('REVOKE') })
    const schema = await provision(snapshot)
    expect(await cluster.ask('SELECT tenantry.fingerprint($1)', [schema])).toBe(snapshot.fingerprint)
  })

  it('is the history where the dump cannot tell: a privilege taken from the app', async () => {
    const snapshot = await build(
      'CREATE TABLE a (id int)',
      `DO $$ BEGIN EXECUTE format('REVOKE DELETE ON a FROM %I', session_user || '_app'); END $$`,
    )
    expect(snapshot.method).toBe('history')
    const schema = await provision(snapshot)
    expect(await cluster.ask('SELECT tenantry.fingerprint($1)', [schema])).toBe(snapshot.fingerprint)
  })

  it('squashes what cannot run in one transaction', async () => {
    const snapshot = await build(
      `CREATE TYPE colour AS ENUM ('red'); CREATE TABLE a (c colour)`,
      `ALTER TYPE colour ADD VALUE 'blue'`,
      `ALTER TABLE a ALTER c SET DEFAULT 'blue'; INSERT INTO a VALUES ('blue')`,
    )
    expect(snapshot.method).toBe('dump')
    await provision(snapshot)
  })

  it('may be empty', async () => {
    expect(await build()).toMatchObject({ relations: 0, method: 'dump' })
  })
})

describe('a template that fails', () => {
  it('says which migration, which statement and which line', async () => {
    const attempt = build(
      'CREATE TABLE a (id int)',
      'CREATE TABLE b (id int);\n\nINSERT INTO a VALUES (1 / 0)',
    )
    await expect(attempt).rejects.toThrow(TemplateError)
    await expect(attempt).rejects.toMatchObject({
      message: 'migration 2 m2: statement 2, line 3: division by zero (22012)',
      migration: { version: 2, name: 'm2' },
      statement: 2,
      line: 3,
    })
  })

  it('is refused before anything runs', async () => {
    await expect(build('CREATE TABLE a (id int)', 'SELECT 1;\nCREATE ROLE x')).rejects.toMatchObject({
      message: expect.stringContaining('migration 2 m2: statement 2, line 2 (CREATE ROLE x): roles.'),
      refusals: [{ rule: 'roles' }],
    })
  })

  it('cannot leave the scratch schema either', async () => {
    await expect(build(`DO $$ BEGIN EXECUTE 'CREATE SCHEMA x'; END $$`)).rejects.toMatchObject({
      message: expect.stringContaining('(42501)'),
      statement: 1,
    })
  })
})

it('squashes the history of the university', async () => {
  const folder = path.join(import.meta.dirname, '../../../../examples/university/migrations')
  const scripts = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
  const snapshot = await build(...scripts)
  expect(snapshot.method).toBe('dump')
  expect(snapshot.relations).toBeGreaterThan(100)
  const schema = await provision(snapshot)
  expect(await cluster.ask('SELECT tenantry.fingerprint($1)', [schema])).toBe(snapshot.fingerprint)
})
