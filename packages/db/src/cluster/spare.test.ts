import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestCluster, newTenantId, sqlstateOf, type TestCluster } from './testing/test-cluster.ts'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await createTestCluster()
})
afterAll(() => cluster.drop())

let count = 0
const tables = 'create table book (id int primary key, title text); create index on book (title);'

/** A sealed spare with a few tables; its fence is 1. */
async function createSpare(sql = tables) {
  const spare = await cluster.createTenant(`spare_${++count}`)
  await cluster.run(spare, sql)
  const fingerprint = (await seal(spare.id)) as string
  return { ...spare, fingerprint }
}
const seal = (id: string, fence = 1) =>
  cluster.ask('select tenantry.seal_spare($1, $2, $3)', [id, `seal ${id}`, fence])
type Spare = Awaited<ReturnType<typeof createSpare>>
const claim = (spare: Spare, schema: string, operation = `claim ${spare.id}`, fence = 2) =>
  cluster.ask('select tenantry.claim_spare($1, $2, $3, $4, $5, $6)', [
    spare.id,
    operation,
    fence,
    spare.schema,
    schema,
    spare.fingerprint,
  ])
const fingerprintOf = (schema: string) => cluster.ask('select tenantry.fingerprint($1)', [schema])
const sealOf = (schema: string) =>
  cluster.admin.query('select tenantry.schema_seal($1) as seal', [schema]).then(({ rows }) => rows[0].seal)
const newSchema = () => `t_college_${++count}`

describe('claiming a spare', () => {
  it('renames the schema and leaves it, object for object, what it was', async () => {
    const [spare, schema] = [await createSpare(), newSchema()]
    expect(await claim(spare, schema)).toBe(true)
    expect(await fingerprintOf(schema)).toBe(spare.fingerprint)
    expect(await sqlstateOf(fingerprintOf(spare.schema))).toBe('TN004')
    const { rows } = await cluster.admin.query('select rolconfig from pg_roles where rolname = $1', [
      `${spare.id}_app`,
    ])
    expect(rows[0].rolconfig).toEqual([`search_path=${schema}`])
  })

  it('is done once: a second attempt finds it in the ledger', async () => {
    const [spare, schema] = [await createSpare(), newSchema()]
    expect(await claim(spare, schema)).toBe(true)
    expect(await claim(spare, schema, `claim ${spare.id}`, 3)).toBe(false)
    expect(await fingerprintOf(schema)).toBe(spare.fingerprint)
  })

  it('is refused to an older attempt', async () => {
    const spare = await createSpare()
    await seal(spare.id, 5)
    expect(await sqlstateOf(claim(spare, newSchema(), 'late', 4))).toBe('TN002')
  })

  it('is refused when the name is taken, by a tenant or by hand', async () => {
    const spare = await createSpare()
    const other = await cluster.createTenant()
    expect(await sqlstateOf(claim(spare, other.schema))).toBe('TN005')
    const byHand = newSchema()
    await cluster.admin.query(`create schema ${byHand}`)
    expect(await sqlstateOf(claim(spare, byHand))).toBe('TN005')
    expect(await fingerprintOf(spare.schema)).toBe(spare.fingerprint)
  })

  it('is refused when the spare is gone, or never was', async () => {
    const spare = await createSpare()
    await cluster.ask('select tenantry.drop_tenant_schema($1, $2, 2)', [spare.id, 'drop'])
    expect(await sqlstateOf(claim(spare, newSchema(), 'claim', 3))).toBe('TN004')
    expect(await sqlstateOf(claim({ ...spare, id: newTenantId() }, newSchema()))).toBe('TN004')
  })

  it.each([
    ['a column', 'alter table book add column pages int'],
    ['a renamed column', 'alter table book rename column title to name'],
    ['another type', 'alter table book alter column title type varchar(10)'],
    ['an index', 'create index on book (id, title)'],
    ['a dropped index', 'drop index book_title_idx'],
    ['a constraint', 'alter table book add check (id > 0)'],
    ['a default', "alter table book alter column title set default 'Dune'"],
    [
      'a trigger',
      'create trigger t before update on book for each row execute function suppress_redundant_updates_trigger()',
    ],
    ['a table', 'create table loan (id int)'],
    ['a view', 'create view v as select 1 as one'],
    ['a function', 'create function f() returns int language sql as $$ select 1 $$'],
    ['a replaced function', 'create or replace function kept() returns int language sql as $$ select 2 $$'],
    ['a privilege', 'grant select on book to public'],
    ['a policy', 'create policy p on book using (true)'],
  ])('is refused when somebody has changed it since it was verified: %s', async (_, change) => {
    const spare = await createSpare(
      `${tables} create function kept() returns int language sql as $$ select 1 $$;`,
    )
    const client = await cluster.admin.connect()
    await client.query(`set search_path = ${spare.schema}`)
    await client.query(change)
    await client.query('reset search_path')
    client.release()
    expect(await sqlstateOf(claim(spare, newSchema()))).toBe('TN020')
  })

  it.each([
    ['log in as its owner', (id: string) => `alter role ${id} login`],
    ['log in as its product', (id: string) => `alter role ${id}_app login`],
  ])('is refused while somebody can %s', async (_, open) => {
    const spare = await createSpare()
    await cluster.admin.query(open(spare.id))
    expect(await sqlstateOf(claim(spare, newSchema()))).toBe('TN020')
  })

  it('looks closer instead of refusing when the seal is broken and the schema is what it was', async () => {
    const [spare, schema] = [await createSpare(), newSchema()]
    const before = await sealOf(spare.schema)
    await cluster.admin.query(`reindex table concurrently ${spare.schema}.book`)
    expect(await sealOf(spare.schema)).not.toBe(before)
    expect(await claim(spare, schema)).toBe(true)
  })
})

describe('the seal', () => {
  it('stays whole under data, statistics, vacuum and a plain reindex', async () => {
    const spare = await createSpare()
    const before = await sealOf(spare.schema)
    for (const work of [
      `insert into ${spare.schema}.book select n, 'x' from generate_series(1, 1000) n`,
      `vacuum (analyze, freeze) ${spare.schema}.book`,
      'vacuum pg_class',
    ]) {
      await cluster.admin.query(work)
    }
    expect(await sealOf(spare.schema)).toBe(before)
  })

  it('is given to what stays right under another name: text that names the schema gives another fingerprint', async () => {
    const spare = await createSpare(
      `${tables} create function titles() returns setof text language sql set search_path from current
        as $$ select title from book $$;`,
    )
    expect(spare.fingerprint).not.toBe(await fingerprintOf(spare.schema))
  })

  it('leaves the schema under its own name', async () => {
    const spare = await createSpare()
    expect(await fingerprintOf(spare.schema)).toBe(spare.fingerprint)
  })
})
