import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asRole } from './install-cluster.ts'
import { entangle, everything, type HandMade, lookOf, makeByHand } from './testing/hand-made.ts'
import { createTestCluster, newTenantId, sqlstateOf, type TestCluster } from './testing/test-cluster.ts'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await createTestCluster()
})
afterAll(() => cluster.drop())

let made: HandMade[] = []
let adopted: { end(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of adopted) await each.end()
  for (const each of made) await each.drop()
  adopted = []
  made = []
})

async function handMade(sql?: string): Promise<HandMade> {
  const hand = await makeByHand(cluster.admin, sql)
  made.push(hand)
  return hand
}
const oidOf = async (schema: string): Promise<number> =>
  (await cluster.admin.query('SELECT oid FROM pg_namespace WHERE nspname = $1', [schema])).rows[0]?.oid

let fence = 0
/** The functions of an adoption, for one tenant and operation. */
async function adoption(schema: string, to: string, keep: string[] = []) {
  const id = newTenantId()
  const operation = `op_${id}`
  const call = (name: string, ...extra: unknown[]) =>
    cluster.ask(`SELECT tenantry.${name}($1, $2, $3${extra.map((_, i) => `, $${i + 4}`).join('')})`, [
      id,
      operation,
      fence,
      ...extra,
    ])
  fence++
  await cluster.ask('SELECT tenantry.create_tenant_roles($1, $2, $3, $4)', [id, to, operation, fence])
  const it = {
    id,
    begin: () => call('begin_adoption', schema, keep),
    async objects(locks = 1000) {
      for (let n = 1; Number(await call('adopt_objects', `adopt #${n}`, locks)) > 0; n++);
    },
    schema: (expected: string | null = null) => call('adopt_schema', expected),
    finish: (expected: string | null = null, strict = false) => call('finish_adoption', expected, strict),
    async all(locks?: number) {
      await it.begin()
      await it.objects(locks)
      await it.schema()
      return it.finish()
    },
    async back() {
      let steps = 0
      while (await call('give_back_schema', '%')) steps++
      return steps
    },
    dropSchema: () => call('drop_tenant_schema'),
    dropRoles: () => call('drop_tenant_roles'),
    /** Whatever the test left: given back, and the roles dropped. */
    async end() {
      fence++
      await it.back()
      await it.dropRoles()
    },
  }
  adopted.push(it)
  return it
}
const fingerprint = (schema: string) => cluster.ask('SELECT tenantry.fingerprint($1)', [schema])

describe('an adopted schema', () => {
  it('has the fingerprint of one that was provisioned with the same statements', async () => {
    const hand = await handMade(everything)
    const provisioned = await cluster.createTenant()
    await cluster.run(provisioned, `${everything}`)
    const tenant = await adoption(hand.schema, 't_equal', [hand.product])
    expect(await tenant.all()).toBe(await fingerprint(provisioned.schema))
  })

  it('keeps its data, and the product’s role goes on with it under the new name', async () => {
    const hand = await handMade()
    await cluster.admin.query(`INSERT INTO "${hand.schema}".person (name) VALUES ('Ada')`)
    const tenant = await adoption(hand.schema, 't_kept', [hand.product])
    await tenant.all()
    const client = new pg.Client({ connectionString: asRole(cluster.adminUrl, hand.product, 'product') })
    await client.connect()
    expect((await client.query('SELECT name, current_schema() AS here FROM person')).rows).toEqual([
      { name: 'Ada', here: 't_kept' },
    ])
    await client.query(`INSERT INTO note (body) VALUES (' x ')`)
    await expect(client.query('DROP TABLE note')).rejects.toMatchObject({ code: '42501' })
    await client.end()
  })

  it('lets nobody else in', async () => {
    const hand = await handMade()
    await entangle(cluster.admin, hand)
    await (await adoption(hand.schema, 't_closed')).all()
    const { rows } = await cluster.admin.query(
      `SELECT has_schema_privilege($1, 't_closed', 'USAGE') AS owner, has_schema_privilege($2, 't_closed', 'USAGE') AS reader,
         has_table_privilege($2, 't_closed.person', 'SELECT') AS table, has_column_privilege($2, 't_closed.note', 'body', 'SELECT') AS column`,
      [hand.owner, hand.reader],
    )
    expect(rows).toEqual([{ owner: false, reader: false, table: false, column: false }])
  })

  it('is dropped from the archive alone', async () => {
    const hand = await handMade()
    const tenant = await adoption(hand.schema, 't_archive')
    await tenant.all()
    expect(await sqlstateOf(tenant.dropSchema())).toBe('2BP01')
    await cluster.ask(`SELECT tenantry.set_tenant_logins($1, 'op_close', $2, 'logins', false, false)`, [
      tenant.id,
      ++fence,
    ])
    expect(await tenant.dropSchema()).toBe(true)
    expect(await oidOf('t_archive')).toBeUndefined()
  })
})

describe('the way back', () => {
  const points = ['begin', 'objects', 'schema', 'finish'] as const
  it.each(points)('after %s brings back name, owners and privileges, object for object', async (last) => {
    const hand = await handMade()
    await entangle(cluster.admin, hand)
    const oid = await oidOf(hand.schema)
    const before = await lookOf(cluster.admin, oid, hand.product)
    const printed = await fingerprint(hand.schema)
    const tenant = await adoption(hand.schema, 't_back', [hand.product])
    for (const point of points.slice(0, points.indexOf(last) + 1)) {
      if (point === 'objects') await tenant.objects(20)
      else await tenant[point]()
    }
    expect(await lookOf(cluster.admin, oid, hand.product)).not.toEqual(before)

    fence++
    expect(await tenant.back()).toBeGreaterThan(0)
    expect(await tenant.back()).toBe(0)
    await tenant.dropRoles()
    expect(await lookOf(cluster.admin, oid, hand.product)).toEqual(before)
    expect(await fingerprint(hand.schema)).toBe(printed)
  })

  it.each(points)('must be walked before anything is dropped, after %s', async (last) => {
    const hand = await handMade()
    await cluster.admin.query(`INSERT INTO "${hand.schema}".person (name) VALUES ('Ada')`)
    const tenant = await adoption(hand.schema, 't_attack')
    for (const point of points.slice(0, points.indexOf(last) + 1)) await tenant[point]()
    fence++
    expect(await sqlstateOf(tenant.dropSchema())).toBe('2BP01')
    expect(await sqlstateOf(tenant.dropRoles())).toBe('2BP01')
    const dropObjects = (undo: boolean) =>
      sqlstateOf(
        cluster.ask('SELECT tenantry.drop_tenant_objects($1, $2, $3, 500, $4)', [
          tenant.id,
          'op_x',
          ++fence,
          undo,
        ]),
      )
    expect(await dropObjects(true)).toBe('2BP01')
    expect(await dropObjects(false)).toBe(last === 'finish' ? '55000' : undefined)
    await tenant.back()
    expect(await tenant.dropSchema()).toBe(false)
    await tenant.dropRoles()
    const { rows } = await cluster.admin.query(`SELECT name FROM "${hand.schema}".person`)
    expect(rows).toEqual([{ name: 'Ada' }])
  })

  it('takes batches as small as those forward, and can be taken up by another operation', async () => {
    const hand = await handMade()
    const oid = await oidOf(hand.schema)
    const before = await lookOf(cluster.admin, oid, hand.product)
    const tenant = await adoption(hand.schema, 't_batches')
    await tenant.begin()
    await tenant.objects(6)
    const batches = Number(
      await cluster.ask(
        `SELECT count(*) FROM tenantry.ledger WHERE tenant_id = $1 AND step LIKE 'adopt #%'`,
        [tenant.id],
      ),
    )
    expect(batches).toBeGreaterThan(4)
    fence++
    let steps = 0
    while (
      await cluster.ask(`SELECT tenantry.give_back_schema($1, 'op_discard', $2, '%')`, [tenant.id, fence])
    )
      steps++
    expect(steps).toBe(batches + 1)
    expect(await lookOf(cluster.admin, oid, hand.product)).toEqual(before)
  })

  it('is refused to an older attempt', async () => {
    const hand = await handMade()
    const tenant = await adoption(hand.schema, 't_older')
    await tenant.begin()
    expect(
      await sqlstateOf(
        cluster.ask(`SELECT tenantry.give_back_schema($1, 'op_x', $2, '%')`, [tenant.id, fence - 1]),
      ),
    ).toBe('TN002')
  })
})

describe('an adoption', () => {
  it('is done once, whoever repeats it', async () => {
    const hand = await handMade()
    const tenant = await adoption(hand.schema, 't_once', [hand.product])
    const fingerprint = await tenant.all()
    expect(await tenant.begin()).toMatchObject({ roles: [hand.product] })
    expect(await tenant.schema()).toMatchObject({ from: hand.schema, to: 't_once', roles: [hand.product] })
    expect(await tenant.finish()).toBe(fingerprint)
  })

  it('that is strict refuses before anybody sees the new name', async () => {
    const hand = await handMade()
    const tenant = await adoption(hand.schema, 't_strict')
    await tenant.begin()
    await tenant.objects()
    expect(await sqlstateOf(tenant.schema('f'.repeat(64)))).toBe('TN010')
    expect(await oidOf(hand.schema)).toBeDefined()
  })

  it('goes on with what was made meanwhile', async () => {
    const hand = await handMade()
    const tenant = await adoption(hand.schema, 't_meanwhile')
    await tenant.begin()
    await tenant.objects()
    await cluster.admin.query(`CREATE TABLE "${hand.schema}".late ()`)
    expect(await sqlstateOf(tenant.schema())).toBe('40001')
    await tenant.objects()
    await tenant.schema()
    await cluster.admin.query('CREATE TABLE t_meanwhile.later ()')
    expect(await sqlstateOf(tenant.finish())).toBe('40001')
  })

  it('does not wait long for a table that is in use', async () => {
    const hand = await handMade()
    const client = await cluster.admin.connect()
    await client.query(`BEGIN; SELECT * FROM "${hand.schema}".note`)
    const tenant = await adoption(hand.schema, 't_locked')
    await tenant.begin()
    expect(await sqlstateOf(tenant.objects())).toBe('55P03')
    await client.query('ROLLBACK')
    client.release()
    await tenant.objects()
  })

  it('of a schema that is being adopted, or is a tenant’s, is refused', async () => {
    const hand = await handMade()
    await (await adoption(hand.schema, 't_first')).begin()
    expect(await sqlstateOf((await adoption(hand.schema, 't_second')).begin())).toBe('TN005')
    const { schema } = await cluster.createTenant()
    expect(await sqlstateOf((await adoption(schema, 't_third')).begin())).toBe('TN005')
    for (const name of ['public', 'tenantry', 'pg_catalog', 'information_schema'])
      expect(await sqlstateOf((await adoption(name, `t_of_${name}`)).begin()), name).toBe('TN005')
    expect(await sqlstateOf((await adoption('nowhere', 't_fourth')).begin())).toBe('TN004')
  })

  it('keeps no role that is not let in today, no superuser and none of Tenantry’s', async () => {
    const hand = await handMade()
    await cluster.admin.query(`REVOKE USAGE ON SCHEMA "${hand.schema}" FROM ${hand.reader}`)
    for (const [n, role] of [hand.reader, 'postgres', cluster.workerRole, 'nobody'].entries())
      expect(await sqlstateOf((await adoption(hand.schema, `t_roles_${n}`, [role])).begin()), role).toBe(
        'TN030',
      )
  })

  it('leaves the search_path alone of a role that does not name the schema', async () => {
    const hand = await handMade()
    const settings = async () =>
      (
        await cluster.admin.query(
          `SELECT setconfig FROM pg_db_role_setting WHERE setrole = '${hand.owner}'::regrole`,
        )
      ).rows
    const tenant = await adoption(hand.schema, 't_shared', [hand.owner])
    await tenant.all()
    expect(await settings()).toEqual([])
  })
})

describe('what stands in the way', () => {
  const obstacles = async (schema: string) =>
    (
      await cluster.worker.query(
        'SELECT code, grave, words FROM tenantry.adoption_obstacles(array[$1::name])',
        [schema],
      )
    ).rows
  let hand: HandMade
  let other: HandMade
  beforeEach(async () => {
    hand = await handMade('CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int REFERENCES a)')
    other = await handMade('CREATE TABLE c (id int PRIMARY KEY)')
  })
  const graves: [string, string][] = [
    ['reaches_out', 'ALTER TABLE $one.a ADD FOREIGN KEY (id) REFERENCES $two.c'],
    ['reaches_out', 'CREATE VIEW $one.v AS SELECT * FROM $two.c'],
    ['reached_into', 'ALTER TABLE $two.c ADD FOREIGN KEY (id) REFERENCES $one.a'],
    ['reached_into', 'CREATE VIEW $two.v AS SELECT * FROM $one.a'],
    ['reached_into', 'CREATE FUNCTION $two.f($one.a) RETURNS int LANGUAGE sql RETURN 1'],
    ['reached_into', 'CREATE TABLE $two.child () INHERITS ($one.a)'],
    ['untrusted_language', `CREATE FUNCTION $one.f() RETURNS int LANGUAGE internal AS 'pg_backend_pid'`],
    ['publication', 'CREATE PUBLICATION of_test FOR TABLE $one.a'],
    ['publication', 'CREATE PUBLICATION of_test FOR TABLES IN SCHEMA $one'],
    [
      'names_itself',
      `CREATE FUNCTION $one.f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT 1 FROM $one.a); END'`,
    ],
    [
      'foreign_table',
      'CREATE FOREIGN DATA WRAPPER none; CREATE SERVER s FOREIGN DATA WRAPPER none; CREATE FOREIGN TABLE $one.f (id int) SERVER s',
    ],
    [
      'event_trigger',
      `CREATE FUNCTION $one.e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER of_test ON ddl_command_end WHEN TAG IN ('COMMENT') EXECUTE FUNCTION $one.e()`,
    ],
    [
      'handed_on',
      'GRANT SELECT ON $one.a TO $reader WITH GRANT OPTION; SET ROLE $reader; GRANT SELECT ON $one.a TO $product; RESET ROLE',
    ],
  ]
  it.each(graves)('is told as %s: %s', async (code, sql) => {
    const text = sql
      .replaceAll('$one', `"${hand.schema}"`)
      .replaceAll('$two', `"${other.schema}"`)
      .replaceAll('$reader', hand.reader)
      .replaceAll('$product', hand.product)
    expect(await obstacles(hand.schema)).toEqual([])
    await cluster.admin.query(text)
    expect((await obstacles(hand.schema)).map((row) => [row.code, row.grave])).toEqual([[code, true]])
    expect(await sqlstateOf((await adoption(hand.schema, 't_grave')).begin())).toBe('TN030')
    await cluster.admin.query(
      'DROP PUBLICATION IF EXISTS of_test; DROP EVENT TRIGGER IF EXISTS of_test; DROP FOREIGN DATA WRAPPER IF EXISTS none CASCADE',
    )
  })

  it('is nothing where a schema holds everything that has an owner', async () => {
    const whole = await handMade()
    expect((await obstacles(whole.schema)).filter(({ grave }) => grave)).toEqual([])
  })

  it('may be only worth knowing: functions of superusers, policies for roles', async () => {
    await cluster.admin.query(`
      CREATE FUNCTION "${hand.schema}".f() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1;
      CREATE POLICY p ON "${hand.schema}".a TO ${hand.product}`)
    expect((await obstacles(hand.schema)).map(({ code, grave }) => [code, grave])).toEqual([
      ['policy_role', false],
      ['superuser_function', false],
    ])
    await cluster.admin.query(`DROP POLICY p ON "${hand.schema}".a; DROP FUNCTION "${hand.schema}".f()`)
  })
})

describe('what can be adopted', () => {
  const list = async () => (await cluster.worker.query('SELECT schema, facts FROM tenantry.adoptable()')).rows
  it('is every schema that is not Tenantry’s, with its size, roles and obstacles', async () => {
    await cluster.createTenant()
    expect(await list()).toEqual([])
    const hand = await handMade()
    const [found, ...others] = await list()
    expect(others).toEqual([])
    expect(found.facts).toMatchObject({
      schema: hand.schema,
      owner: hand.owner,
      tables: 4,
      views: 2,
      sequences: 3,
      sessions: 0,
      roles: [hand.owner, hand.product, hand.reader].map((name) => ({ name, superuser: false })),
    })
    expect(found.facts.bytes).toBeGreaterThan(0)
    await (await adoption(hand.schema, 't_listed')).all()
    expect(await list()).toEqual([])
  })
})
