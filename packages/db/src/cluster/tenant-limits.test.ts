import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseUrl } from '../testing/index.ts'
import { asRole } from './install-cluster.ts'
import { scramVerifier } from './scram-verifier.ts'
import {
  appBypasses,
  type Bypass,
  ceilingBypasses,
  ownerBypasses,
  relationBypasses,
} from './testing/quota-bypasses.ts'
import { createTestCluster, sqlstateOf, type TestCluster, type TestTenant } from './testing/test-cluster.ts'

interface Limited extends TestTenant {
  readonly login: string
  readonly url: string
}

const password = 'of the application'

let cluster: TestCluster
let logins: string[] = []
beforeAll(async () => {
  cluster = await createTestCluster()
})
afterAll(async () => {
  await cluster.drop()
  const server = new pg.Client({ connectionString: databaseUrl('postgres') })
  await server.connect()
  await server.query(logins.map((name) => `DROP ROLE IF EXISTS ${name};`).join(' '))
  await server.end()
})

let fence = 1
let revision = 0

/** A tenant whose application can log in, with something of every kind in its schema. */
async function limitedTenant(): Promise<Limited> {
  const tenant = await cluster.createTenant()
  await cluster.run(
    tenant,
    `CREATE TABLE note (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text);
     INSERT INTO note (body) SELECT 'kept ' || i FROM generate_series(1, 5) i;
     CREATE TABLE bin (word text); INSERT INTO bin VALUES ('a');
     CREATE VIEW note_view AS SELECT * FROM note;
     CREATE MATERIALIZED VIEW note_copy AS SELECT * FROM note;
     CREATE TABLE part_all (at timestamptz, body text) PARTITION BY RANGE (at);
     CREATE TABLE part PARTITION OF part_all FOR VALUES FROM ('2020-01-01') TO ('2100-01-01');
     CREATE FUNCTION put(text) RETURNS void LANGUAGE sql AS $$ INSERT INTO note (body) VALUES ($1) $$;
     CREATE PROCEDURE put_all(text) LANGUAGE sql AS $$ INSERT INTO note (body) VALUES ($1) $$;
     CREATE FUNCTION put_trigger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM put('t'); RETURN NULL; END $$`,
  )
  const login = await cluster.ask('SELECT tenantry.issue_credentials($1, $2, 1, $3, $4)', [
    tenant.id,
    `credentials ${tenant.id}`,
    scramVerifier(password, { iterations: 1 }),
    new Date(),
  ])
  logins = [...logins, String(login)]
  return { ...tenant, login: String(login), url: asRole(cluster.adminUrl, String(login), password) }
}

const hold = (tenant: TestTenant, limits: object, at = ++revision) =>
  cluster.ask('SELECT tenantry.set_tenant_limits($1, $2, $3)', [tenant.id, at, JSON.stringify(limits)])

async function as<Result>(tenant: Limited, work: (app: pg.Client) => Promise<Result>): Promise<Result> {
  const app = new pg.Client({ connectionString: tenant.url })
  app.on('error', () => {})
  await app.connect()
  try {
    return await work(app)
  } finally {
    await app.end()
  }
}

const write = `INSERT INTO note (body) VALUES ('bypass')`
const canWrite = (tenant: Limited) =>
  as(tenant, (app) => sqlstateOf(app.query(write))).then((code) => code === undefined)

async function aimed(tenant: Limited, sql: string): Promise<string> {
  const { rows } = await cluster.admin.query(
    'SELECT tenants_role AS role, current_database() AS database FROM tenantry.installation',
  )
  const names: Record<string, string> = {
    owner: tenant.id,
    writer: `${tenant.id}_w`,
    app: `${tenant.id}_app`,
    login: tenant.login,
    schema: tenant.schema,
    group: rows[0].role,
    database: rows[0].database,
  }
  return sql.replaceAll(/\$(owner|writer|app|login|schema|group|database)\b/g, (_, name) => names[name] ?? '')
}

/** Everything that a write could have changed: rows, tables, and what is in other places. */
async function contentOf(tenant: Limited): Promise<string> {
  const { rows } = await cluster.admin.query(`
    SELECT (SELECT md5(string_agg(n::text, '|' ORDER BY id)) FROM ${tenant.schema}.note n) AS notes,
      (SELECT count(*) FROM ${tenant.schema}.part_all) AS parts, (SELECT count(*) FROM pg_largeobject_metadata) AS objects,
      (SELECT count(*) FROM pg_class WHERE relname = 'planted') AS planted,
      (SELECT count(*) FROM pg_attribute WHERE attname = 'planted' AND attrelid = '${tenant.schema}.note'::regclass) AS columns`)
  return JSON.stringify(rows)
}

/** By the catalog alone, without the function that the limit itself uses. */
async function relationsOf(tenant: TestTenant): Promise<number> {
  const { rows } = await cluster.admin.query(
    'SELECT count(*)::int AS n FROM pg_class WHERE relnamespace = $1::regnamespace',
    [tenant.schema],
  )
  return rows[0].n
}

/** @returns the attempts that got through */
async function tryAsApp(tenant: Limited, bypasses: readonly Bypass[]): Promise<string[]> {
  const through: string[] = []
  for (const bypass of bypasses) {
    const before = await contentOf(tenant)
    await as(tenant, async (app) => {
      for (const sql of bypass) await app.query(await aimed(tenant, sql)).catch(() => {})
    })
    if ((await contentOf(tenant)) !== before) through.push(bypass.join('; '))
  }
  return through
}

const script = async (tenant: Limited, sql: string) =>
  sqlstateOf(cluster.run(tenant, await aimed(tenant, sql), { fence: ++fence }))

async function tryAsOwner(tenant: Limited, scripts: readonly string[]): Promise<string[]> {
  const through: string[] = []
  for (const sql of scripts) {
    await script(tenant, sql)
    const codes = await as(tenant, async (app) => [
      await sqlstateOf(app.query(write)),
      await sqlstateOf(app.query(`UPDATE note SET body = 'bypass' WHERE id = 1`)),
      await sqlstateOf(app.query(`INSERT INTO note_view (body) VALUES ('bypass')`)),
      await sqlstateOf(app.query(`INSERT INTO later VALUES ('bypass')`)),
    ])
    if (codes.includes(undefined)) through.push(sql)
    await script(tenant, 'DROP TABLE IF EXISTS later; DROP FUNCTION IF EXISTS late CASCADE')
  }
  return through
}

async function tryRelations(tenant: Limited, scripts: readonly string[]): Promise<string[]> {
  const through: string[] = []
  for (const sql of scripts) {
    const before = await relationsOf(tenant)
    await script(tenant, sql)
    if ((await relationsOf(tenant)) > before) through.push(sql)
  }
  return through
}

/** The design without one of its parts. */
async function without<Result>(trigger: string, work: () => Promise<Result>): Promise<Result> {
  await cluster.admin.query(`ALTER EVENT TRIGGER ${trigger} DISABLE`)
  try {
    return await work()
  } finally {
    await cluster.admin.query(`ALTER EVENT TRIGGER ${trigger} ENABLE ALWAYS`)
  }
}

describe('a tenant over its storage', () => {
  it(`cannot write by any of ${appBypasses.length} ways of its application`, async () => {
    const tenant = await limitedTenant()
    await hold(tenant, { blocked: true })
    expect(await tryAsApp(tenant, appBypasses)).toEqual([])
  })

  it(`cannot write after any of ${ownerBypasses.length} scripts of its owner`, async () => {
    const tenant = await limitedTenant()
    await hold(tenant, { blocked: true })
    expect(await tryAsOwner(tenant, ownerBypasses)).toEqual([])
  })

  it('would write by many of them if it were not held: the attempts are real', async () => {
    const tenant = await limitedTenant()
    expect((await tryAsApp(tenant, appBypasses)).length).toBeGreaterThan(20)
    await hold(tenant, { blocked: true })
    const grants = ownerBypasses.slice(0, 8)
    expect(await without('tenantry_refuse_loose_writes', () => tryAsOwner(tenant, grants))).toEqual(grants)
  })

  it('is held in open transactions, prepared statements and tables to come, and may read, delete and truncate', async () => {
    const tenant = await limitedTenant()
    await as(tenant, async (app) => {
      await app.query({ name: 'put', text: write })
      await app.query('BEGIN')
      await app.query('SELECT FROM note')
      await hold(tenant, { blocked: true })
      expect(await sqlstateOf(app.query({ name: 'put', text: write }))).toBe('42501')
      await app.query('ROLLBACK')
      expect(await sqlstateOf(app.query({ name: 'put', text: write }))).toBe('42501')
      await script(tenant, 'CREATE TABLE later (body text)')
      expect(await sqlstateOf(app.query(`INSERT INTO later VALUES ('x')`))).toBe('42501')
      expect((await app.query('SELECT FROM note')).rowCount).toBe(6)
      expect((await app.query('DELETE FROM note WHERE id = 1')).rowCount).toBe(1)
      await app.query('TRUNCATE note')
      await hold(tenant, {})
      expect(await sqlstateOf(app.query({ name: 'put', text: write }))).toBeUndefined()
      expect(await sqlstateOf(app.query(`INSERT INTO later VALUES ('x')`))).toBeUndefined()
    })
  })

  it.each([
    ['has written', write],
    ['has only locked the table', 'DELETE FROM note WHERE false'],
  ])('has its transaction ended that %s when the block came, and no later one', async (_, begun) => {
    const tenant = await limitedTenant()
    const app = new pg.Client({ connectionString: tenant.url })
    const ended = new Promise<Error>((resolve) => app.on('error', resolve))
    await app.connect()
    await app.query({ name: 'put', text: write })
    await app.query('BEGIN')
    await app.query(begun)
    await hold(tenant, { blocked: true })
    expect(await cluster.ask('SELECT tenantry.end_held_writes($1)', [tenant.id])).toBe(1)
    expect(await ended).toMatchObject({ code: '57P01' })
    await as(tenant, async (later) => {
      await later.query('BEGIN')
      await later.query('DELETE FROM note')
      expect(await sqlstateOf(later.query({ name: 'put', text: write }))).toBe('42501')
      await later.query('ROLLBACK')
      await later.query('BEGIN')
      await later.query('DELETE FROM note')
      await hold(tenant, { blocked: true })
      expect(await cluster.ask('SELECT tenantry.end_held_writes($1)', [tenant.id])).toBe(0)
      await later.query('COMMIT')
    })
  })

  it('is held by one REVOKE and released by one GRANT', async () => {
    const tenant = await limitedTenant()
    const member = async () =>
      (
        await cluster.admin.query(
          `SELECT FROM pg_auth_members WHERE roleid = '${tenant.id}_w'::regrole AND member = '${tenant.id}_app'::regrole`,
        )
      ).rowCount
    await hold(tenant, { blocked: true })
    await hold(tenant, { blocked: true })
    expect(await member()).toBe(0)
    await cluster.admin.query(`GRANT ${tenant.id}_w TO ${tenant.id}_app`)
    expect(await canWrite(tenant)).toBe(true)
  })

  it('is held while a migration of it runs; the limits of its roles wait', async () => {
    const tenant = await limitedTenant()
    const migration = await cluster.admin.connect()
    await migration.query('BEGIN')
    await migration.query('SELECT FROM tenantry.tenant WHERE tenant_id = $1 FOR UPDATE', [tenant.id])
    expect(await hold(tenant, { blocked: true, connections: 3 })).toMatchObject({ busy: true })
    expect(await canWrite(tenant)).toBe(false)
    await migration.query('ROLLBACK')
    migration.release()
    expect(await hold(tenant, { blocked: true, connections: 3 })).toEqual({
      busy: false,
      unheld: [],
      leaks: [],
    })
  })

  it('tells which of its own code still writes with its owner’s rights', async () => {
    const tenant = await limitedTenant()
    await script(
      tenant,
      `CREATE FUNCTION slip(text) RETURNS void LANGUAGE sql SECURITY DEFINER AS $$ INSERT INTO note (body) VALUES ($1) $$;
       CREATE RULE keep AS ON DELETE TO bin DO ALSO INSERT INTO note (body) VALUES ('gone')`,
    )
    expect(await hold(tenant, { blocked: true })).toMatchObject({
      leaks: ['SECURITY DEFINER slip(text)', 'rule keep on DELETE of bin'],
    })
    await cluster.admin.query(`GRANT INSERT ON ${tenant.schema}.bin TO PUBLIC`)
    expect(JSON.stringify(await hold(tenant, { blocked: true }))).toContain('INSERT on bin for PUBLIC')
  })
})

describe('a tenant at its limit of relations', () => {
  it(`gets no further one by any of ${relationBypasses.length} ways`, async () => {
    const tenant = await limitedTenant()
    await hold(tenant, { relations: await relationsOf(tenant) })
    expect(await tryRelations(tenant, relationBypasses)).toEqual([])
    expect(await script(tenant, 'CREATE TABLE extra ()')).toBe('TN032')
  })

  it('would get one by most of them without the event trigger', async () => {
    const tenant = await limitedTenant()
    await hold(tenant, { relations: await relationsOf(tenant) })
    const scripts = relationBypasses.map((sql, n) => sql.replaceAll(/\b(extra|make|late)\b/g, `$1_${n}`))
    const through = await without('tenantry_refuse_many_relations', () => tryRelations(tenant, scripts))
    expect(through.length).toBeGreaterThan(20)
  })

  it('may change and drop what it has, and make as many as it dropped', async () => {
    const tenant = await limitedTenant()
    await hold(tenant, { relations: (await relationsOf(tenant)) - 3 })
    expect(await script(tenant, 'ALTER TABLE note ADD COLUMN more text')).toBeUndefined()
    expect(await script(tenant, 'CREATE TABLE extra ()')).toBe('TN032')
    expect(await script(tenant, 'DROP VIEW note_view; DROP MATERIALIZED VIEW note_copy')).toBeUndefined()
    expect(await script(tenant, 'CREATE TABLE extra ()')).toBe('TN032')
    expect(await script(tenant, 'DROP TABLE part_all')).toBeUndefined()
    expect(await script(tenant, 'CREATE TABLE extra ()')).toBeUndefined()
    expect(await script(tenant, 'CREATE TABLE extra_2 ()')).toBe('TN032')
  })

  it('gets one of two that are made at the same time, whoever makes them', async () => {
    const tenant = await limitedTenant()
    const limit = (await relationsOf(tenant)) + 1
    await hold(tenant, { relations: limit })
    const [first, second] = [await cluster.admin.connect(), await cluster.admin.connect()]
    await first.query('BEGIN')
    await first.query(`CREATE TABLE ${tenant.schema}.extra ()`)
    await second.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    await second.query('SELECT 1')
    const late = sqlstateOf(second.query(`CREATE TABLE ${tenant.schema}.extra_2 ()`))
    await first.query('COMMIT')
    expect(await late).toBe('40001')
    await second.query('ROLLBACK')
    expect(await sqlstateOf(second.query(`CREATE TABLE ${tenant.schema}.extra_2 ()`))).toBe('TN032')
    first.release()
    second.release()
    expect(await relationsOf(tenant)).toBe(limit)
  })

  it('is counted as the catalog counts', async () => {
    const tenant = await limitedTenant()
    await script(
      tenant,
      'CREATE TYPE pair AS (a int, b int); CREATE DOMAIN word AS text; CREATE TABLE big (a text, b serial)',
    )
    const { rows } = await cluster.admin.query(
      `SELECT tenantry.relation_count('${tenant.schema}'::regnamespace)::int AS n`,
    )
    expect(rows[0].n).toBe(await relationsOf(tenant))
  })
})

describe('a tenant’s ceilings', () => {
  const spill = 'SELECT count(*) FROM (SELECT i FROM generate_series(1, 400000) i ORDER BY i DESC) s'

  it(`hold against ${ceilingBypasses.length} ways of its application to lift them`, async () => {
    const tenant = await limitedTenant()
    await hold(tenant, { connections: 2, tempBytes: 1_000_000 })
    for (const bypass of ceilingBypasses) {
      await as(tenant, async (app) => {
        for (const sql of bypass) await app.query(await aimed(tenant, sql)).catch(() => {})
        await app.query('ROLLBACK')
        await app.query(`SET work_mem = '64kB'`)
        expect(await sqlstateOf(app.query(spill)), bypass.join('; ')).toBe('53400')
        const others = [1, 2].map(() =>
          as(tenant, async () => {}).then(
            () => 'in',
            ({ code }) => code,
          ),
        )
        expect(
          (await Promise.all(others)).includes('53300') || (await both(tenant)),
          bypass.join('; '),
        ).toBeTruthy()
      })
    }
  })

  /** Whether a third connection is refused while two are there. */
  const both = (tenant: Limited) =>
    as(tenant, () => sqlstateOf(as(tenant, async () => {}))).then((code) => code === '53300')

  it('are those of the newest credentials too, and of its owner', async () => {
    const tenant = await limitedTenant()
    await hold(tenant, { connections: 7, tempBytes: 5_000_000 })
    const next = String(
      await cluster.ask('SELECT tenantry.issue_credentials($1, $2, $4, $3, now())', [
        tenant.id,
        `rotate ${tenant.id}`,
        scramVerifier(password, { iterations: 1 }),
        ++fence,
      ]),
    )
    logins = [...logins, next]
    const { rows } = await cluster.admin.query(
      `SELECT rolname, rolconnlimit, array_to_string(rolconfig, ' ') AS config FROM pg_roles
       WHERE rolname LIKE '${tenant.id}%' AND rolconfig::text LIKE '%temp_file_limit%' ORDER BY 1`,
    )
    expect(rows.map(({ rolname, rolconnlimit }) => [rolname, rolconnlimit])).toEqual([
      [tenant.id, 2],
      [tenant.login, 7],
      [next, 7],
    ])
    for (const { config } of rows) expect(config).toContain('temp_file_limit=4883kB')
    await hold(tenant, {})
    const after = await cluster.admin.query(`SELECT rolconnlimit FROM pg_roles WHERE rolname = '${next}'`)
    expect(after.rows).toEqual([{ rolconnlimit: -1 }])
  })
})

describe('limits', () => {
  it('are refused when a newer revision was told, and told again without harm', async () => {
    const tenant = await limitedTenant()
    await hold(tenant, { blocked: true }, 1000)
    expect(await sqlstateOf(hold(tenant, {}, 999))).toBe('TN002')
    expect(await canWrite(tenant)).toBe(false)
    await hold(tenant, { blocked: true }, 1000)
    revision = 1000
  })

  it('are of no tenant that is not there', async () => {
    expect(await sqlstateOf(hold({ id: 'tn_00000000000000000000000000', schema: '' }, {}))).toBe('TN004')
  })

  it('that somebody changed by hand are a finding, and a repair sets them right', async () => {
    const tenant = await limitedTenant()
    await hold(tenant, { blocked: true, connections: 4 })
    const wrong = async () =>
      (await cluster.admin.query('SELECT wrong FROM tenantry.reality($1)', [tenant.id])).rows[0].wrong
    expect(await wrong()).toEqual([])
    await cluster.admin.query(
      `GRANT ${tenant.id}_w TO ${tenant.id}_app; ALTER ROLE ${tenant.login} CONNECTION LIMIT 50`,
    )
    expect(await wrong()).toEqual(
      [
        `${tenant.login} has a limit of 50 connections, not 4`,
        `${tenant.id}_app is a member of ${tenant.id}_w`,
      ].sort(),
    )
    await cluster.ask('SELECT tenantry.refit_tenant_roles($1, $2, $3, $4)', [
      tenant.id,
      'repair',
      ++fence,
      'roles',
    ])
    expect(await wrong()).toEqual([])
    expect(await canWrite(tenant)).toBe(false)
  })

  it('tell the exact size of one tenant', async () => {
    const tenant = await limitedTenant()
    const { rows } = await cluster.admin.query(
      `SELECT sum(pg_total_relation_size(oid))::text AS bytes FROM pg_class
       WHERE relnamespace = '${tenant.schema}'::regnamespace AND relkind IN ('r', 'm', 'S')`,
    )
    expect(await cluster.ask('SELECT tenantry.tenant_bytes($1)', [tenant.id])).toBe(rows[0].bytes)
  })
})
