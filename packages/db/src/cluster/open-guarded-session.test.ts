import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asRole } from './install-cluster.ts'
import { DeadlineError, type GuardedSessionOptions, openGuardedSession } from './open-guarded-session.ts'
import { refusalOf } from './refusal-of.ts'
import { ScriptError } from './script-error.ts'
import { createTestCluster, sqlstateOf, type TestCluster, type TestTenant } from './testing/test-cluster.ts'

let cluster: TestCluster
let tenant: TestTenant
let operation = 0
beforeAll(async () => {
  cluster = await createTestCluster()
})
afterAll(() => cluster.drop())
beforeEach(async () => {
  tenant = await cluster.createTenant()
  operation++
})

const open = (options: Partial<GuardedSessionOptions> = {}) =>
  openGuardedSession({
    pool: cluster.worker,
    tenantId: tenant.id,
    operationId: `op_${operation}`,
    fence: 1,
    deadlineMs: 20_000,
    ...options,
  })

async function admin<T = unknown>(sql: string): Promise<T> {
  const { rows } = await cluster.admin.query({ text: sql, rowMode: 'array' })
  return rows[0]?.[0]
}

const tables = () =>
  admin<string[]>(
    `SELECT array_agg(relname::text ORDER BY relname) FROM pg_class
     WHERE relnamespace = '${tenant.schema}'::regnamespace AND relkind = 'r'`,
  )
const ledger = () =>
  admin<string[]>(
    `SELECT array_agg(step ORDER BY finished_at) FROM tenantry.ledger WHERE operation_id = 'op_${operation}'`,
  )
const canLogIn = () => admin<boolean>(`SELECT rolcanlogin FROM pg_roles WHERE rolname = '${tenant.id}'`)

async function failure(attempt: Promise<unknown>): Promise<ScriptError> {
  const error = await attempt.then(
    () => undefined,
    (error) => error,
  )
  expect(error).toBeInstanceOf(ScriptError)
  return error
}

describe('a step', () => {
  it('commits together with its ledger row', async () => {
    const session = await open()
    expect(await session.run('tables', 'CREATE TABLE a (id int); CREATE TABLE b (id int)', { made: 2 })).toBe(
      'done',
    )
    await session.close()
    expect(await tables()).toEqual(['a', 'b'])
    expect(await admin(`SELECT result FROM tenantry.ledger WHERE operation_id = 'op_${operation}'`)).toEqual({
      made: 2,
    })
  })

  it('is not done again by the next attempt', async () => {
    const first = await open()
    await first.run('insert', 'CREATE TABLE a (id int); INSERT INTO a VALUES (1)')
    await first.close()
    const second = await open({ fence: 2 })
    expect(await second.run('insert', 'INSERT INTO a VALUES (1)')).toBe('already')
    expect(await second.run('another', 'INSERT INTO a VALUES (2)')).toBe('done')
    await second.close()
    expect(await admin(`SELECT count(*)::int FROM ${tenant.schema}.a`)).toBe(2)
  })

  it('leaves nothing when it fails, and the next one on the same login succeeds', async () => {
    const session = await open()
    await failure(session.run('bad', 'CREATE TABLE a (id int); SELECT 1 / 0'))
    expect(await tables()).toBeNull()
    expect(await session.run('good', 'CREATE TABLE b (id int)')).toBe('done')
    await session.close()
    expect(await ledger()).toEqual(['good'])
  })

  it('begins with a clean session, whatever the step before set', async () => {
    const session = await open()
    await session.run(
      'set',
      `SELECT set_config('statement_timeout', '9s', false), set_config('search_path', 'x', false)`,
    )
    await session.run('use', `CREATE TABLE a AS SELECT current_setting('statement_timeout') AS timeout`)
    await session.close()
    expect(await admin(`SELECT timeout FROM ${tenant.schema}.a`)).toBe('20s')
  })

  it('may be empty', async () => {
    const session = await open()
    expect(await session.run('nothing', '-- only a comment\n')).toBe('done')
    await session.close()
  })

  it('leaves to the app what the default privileges say', async () => {
    await cluster.run(tenant, 'CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY, note text)')
    const may = async (privilege: string, role: string) =>
      admin(`SELECT has_table_privilege('${role}', '${tenant.schema}.a', '${privilege}')`)
    expect(await may('SELECT', `${tenant.id}_app`)).toBe(true)
    expect(await may('TRIGGER', `${tenant.id}_app`)).toBe(false)
    expect(await may('INSERT', `${tenant.id}_app`)).toBe(true)
    await admin(`REVOKE ${tenant.id}_w FROM ${tenant.id}_app`)
    expect(await may('INSERT', `${tenant.id}_app`)).toBe(false)
    expect(await may('DELETE', `${tenant.id}_app`)).toBe(true)
  })
})

describe('a failing script', () => {
  it.each([
    ['SELECT 1;\n\n  SELECT 1/0;', { statement: 2, line: 3, column: 3, sqlstate: '22012' }],
    ['-- ünï\nSELECT 1;\n/* ü */ SELECT ü;', { statement: 2, line: 3, column: 16, sqlstate: '42703' }],
    ['CREATE TABLE a (id int);\nCREATE TABLE a (id int)', { statement: 2, line: 2, sqlstate: '42P07' }],
    ['SELECT 1;\nDO $$\nBEGIN\n  PERFORM 1/0;\nEND $$', { statement: 2, line: 2, sqlstate: '22012' }],
    [
      'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT x FROM y); END $$;\nSELECT 1,\n f()',
      { statement: 2, line: 2, sqlstate: '42P01' },
    ],
    ["SELECT '\n-- statement 7';\nSELECT 1/0", { statement: 2, line: 3, sqlstate: '22012' }],
    ['SELECT 1;\nSELEC 2', { statement: 2, line: 2, column: 1, sqlstate: '42601' }],
    ['SELECT 1;\nBEGIN', { statement: 2, line: 2, sqlstate: '0A000' }],
    ['SELECT 1;\nCOMMIT', { statement: 2, line: 2, sqlstate: '0A000' }],
    ['SELECT 1;\nDO $$ BEGIN COMMIT; END $$', { statement: 2, line: 2, sqlstate: '2D000' }],
    ['CREATE TABLE a (id int);\nCOPY a FROM STDIN', { statement: 2, line: 2, sqlstate: '0A000' }],
    ['COPY (SELECT 1) TO STDOUT', { statement: 1, line: 1, sqlstate: '0A000' }],
    [
      'CREATE TABLE a (id int PRIMARY KEY, up int REFERENCES a DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO a VALUES (1, 2)',
      { statement: undefined, line: undefined, sqlstate: '23503' },
    ],
  ])('is found: %s', async (sql, expected) => {
    const session = await open()
    const error = await failure(session.run('bad', sql))
    await session.close()
    expect(error).toMatchObject(expected)
    expect(await ledger()).toBeNull()
  })

  it('that waits too long for a lock says so with 55P03', async () => {
    await cluster.run(tenant, 'CREATE TABLE a (id int)')
    const holder = await cluster.admin.connect()
    await holder.query(`BEGIN; LOCK TABLE ${tenant.schema}.a`)
    const session = await open({ fence: 2, lockTimeoutMs: 50 })
    expect(await failure(session.run('bad', 'ALTER TABLE a ADD b int'))).toMatchObject({
      sqlstate: '55P03',
      statement: 1,
    })
    await session.close()
    await holder.query('ROLLBACK')
    holder.release()
  })
})

describe('loading rows', () => {
  const mode = `SELECT current_setting('session_replication_role') AS mode`

  it('silences triggers and foreign keys until its transaction ends, and records the step', async () => {
    await cluster.run(
      tenant,
      `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int REFERENCES a);
       CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''fired''; END';
       CREATE TRIGGER no BEFORE INSERT ON b FOR EACH ROW EXECUTE FUNCTION no()`,
    )
    const session = await open()
    expect(
      await session.load('rows', async (client) => {
        await client.query('INSERT INTO b VALUES (1); INSERT INTO a VALUES (1)')
        return { rows: 2 }
      }),
    ).toBe('done')
    expect(await session.load('rows', async () => expect.unreachable())).toBe('already')
    expect(await session.read(async (client) => (await client.query(mode)).rows)).toEqual([
      { mode: 'origin' },
    ])
    await expect(session.read((client) => client.query('INSERT INTO b VALUES (1)'))).rejects.toThrow(/fired/)
    await session.close()
    expect(await ledger()).toEqual(['rows'])
  })

  it('leaves nothing and no ledger row when it fails', async () => {
    await cluster.run(tenant, 'CREATE TABLE a (id int)')
    const session = await open()
    await expect(
      session.load('rows', (client) => client.query(`INSERT INTO a VALUES (1); SELECT 1 / 0`)),
    ).rejects.toMatchObject({ code: '22012' })
    await session.close()
    expect(await ledger()).toBeNull()
    expect(await admin(`SELECT count(*)::int FROM ${tenant.schema}.a`)).toBe(0)
  })

  it('does not silence what guards the group of all tenants', async () => {
    const group = await admin<string>('SELECT tenants_role FROM tenantry.installation')
    const session = await open()
    await expect(
      session.load('rows', (client) =>
        client.query(`ALTER DEFAULT PRIVILEGES FOR ROLE ${group} GRANT SELECT ON TABLES TO PUBLIC`),
      ),
    ).rejects.toMatchObject({ code: '42501' })
    await session.close()
  })

  it('is for the worker alone: a script cannot ask for it', async () => {
    const session = await open()
    const error = await failure(
      session.run('script', `SELECT tenantry.silence_triggers('op_${operation}', '\\x00')`),
    )
    expect(error.sqlstate).toBe('28000')
    await session.close()
  })
})

describe('a forged completion', () => {
  it.each([
    `SELECT tenantry.finish('$op', 'bad', '\\x00', NULL)`,
    `SELECT tenantry.finish('$op', 'bad', NULL, NULL)`,
    `SELECT tenantry.finish('another', 'bad', '\\x00', NULL)`,
    `SELECT tenantry.begin_op('another', 1, 'bad')`,
  ])('is refused: %s', async (sql) => {
    const session = await open()
    const error = await failure(session.run('bad', sql.replace('$op', `op_${operation}`)))
    await session.close()
    expect(error.sqlstate).toBe('28000')
  })

  it('cannot raise the fence either', async () => {
    const session = await open()
    const error = await failure(session.run('bad', `SELECT tenantry.begin_op('op_${operation}', 99, 'bad')`))
    expect(error.sqlstate).toBe('TN002')
    expect(await session.run('good', 'SELECT 1')).toBe('done')
    await session.close()
  })

  it('finds the nonce nowhere in the session', async () => {
    const session = await open()
    await session.run(
      'spy',
      `CREATE TABLE seen AS
         SELECT query AS text FROM pg_stat_activity WHERE pid = pg_backend_pid()
         UNION ALL SELECT statement FROM pg_prepared_statements UNION ALL SELECT statement FROM pg_cursors
         UNION ALL SELECT setting FROM pg_settings WHERE setting LIKE '%x%' UNION ALL SELECT current_query();
       CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN PERFORM pg_stat_clear_snapshot(); INSERT INTO seen SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid(); RETURN NULL; END $$;
       CREATE TABLE bait (id int);
       CREATE CONSTRAINT TRIGGER late AFTER INSERT ON bait DEFERRABLE INITIALLY DEFERRED
         FOR EACH ROW EXECUTE FUNCTION late();
       INSERT INTO bait VALUES (1)`,
    )
    await session.close()
    const seen = await admin<string[]>(`SELECT array_agg(text) FROM ${tenant.schema}.seen`)
    expect(seen).toContain('COMMIT')
    expect(seen.join('\n')).not.toMatch(/[0-9a-f]{64}|\\x[0-9a-f]{20}/)
  })
})

describe('fencing', () => {
  it('refuses to arm an attempt that has been overtaken', async () => {
    const newer = await open({ fence: 2 })
    const attempt = open({ fence: 1 })
    await expect(attempt).rejects.toSatisfy((error) => refusalOf(error) === 'stale_fence')
    expect(await newer.run('step', 'CREATE TABLE a (id int)')).toBe('done')
    await newer.close()
  })

  it('ends an older attempt in the middle of its work, which then has left no trace', async () => {
    const locked = Promise.withResolvers<void>()
    const older = await open({
      failpoint: (name) => (name === 'step.executed' ? locked.resolve() : undefined),
    })
    const ended = expect(older.run('step', 'CREATE TABLE a (id int); SELECT pg_sleep(60)')).rejects.toThrow()
    const newer = await open({ fence: 2 })
    await ended
    expect(await newer.run('step', 'CREATE TABLE b (id int)')).toBe('done')
    await Promise.all([older.close(), newer.close()])
    expect(await tables()).toEqual(['b'])
  })

  it('refuses an older session that wakes up between its steps', async () => {
    const older = await open()
    await older.run('first', 'CREATE TABLE a (id int)')
    expect(await cluster.ask('SELECT tenantry.end_sessions($1, 2)', [tenant.id])).toBe(1)
    await expect(older.run('second', 'CREATE TABLE b (id int)')).rejects.toThrow()
    await older.close()
    expect(await tables()).toEqual(['a'])
  })

  it('does not let an overtaken attempt disarm its successor', async () => {
    const older = await open()
    const newer = await open({ fence: 2 })
    await older.close()
    expect(await canLogIn()).toBe(true)
    await newer.close()
    expect(await canLogIn()).toBe(false)
  })

  it('refuses 100 stale workers that begin at once', async () => {
    const newer = await open({ fence: 1000 })
    const stale = Array.from({ length: 100 }, (_, fence) => sqlstateOf(open({ fence })))
    expect(new Set(await Promise.all(stale))).toEqual(new Set(['TN002']))
    expect(await newer.run('step', 'SELECT 1')).toBe('done')
    await newer.close()
  })

  it('sees what an older attempt was still committing when it was overtaken', async () => {
    const committing = Promise.withResolvers<void>()
    const older = await open({
      failpoint: (name) => (name === 'step.before_commit' ? committing.resolve() : undefined),
    })
    const first = older.run('step', 'CREATE TABLE a (id int)').catch(() => 'ended')
    await committing.promise
    const newer = await open({ fence: 2 })
    const second = await newer.run('step', 'CREATE TABLE a (id int)')
    expect([await first, second]).toSatisfy(
      ([one, two]) =>
        (one === 'ended' && (two === 'done' || two === 'already')) || (one === 'done' && two === 'already'),
    )
    expect(await tables()).toEqual(['a'])
    await Promise.all([older.close(), newer.close()])
  })
})

describe('the login', () => {
  it('is there while the session is open, and gone afterwards', async () => {
    expect(await canLogIn()).toBe(false)
    const session = await open()
    expect(await canLogIn()).toBe(true)
    await session.close()
    await session.close()
    expect(await canLogIn()).toBe(false)
    expect(await admin(`SELECT rolpassword FROM pg_authid WHERE rolname = '${tenant.id}'`)).toBeNull()
  })

  it('is gone after the session was killed', async () => {
    const session = await open()
    const running = expect(session.run('step', 'SELECT pg_sleep(60)')).rejects.toThrow()
    await admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${tenant.id}'`)
    await running
    await session.close()
    expect(await canLogIn()).toBe(false)
  })

  it('is gone when the failpoint before connecting fails', async () => {
    const failpoint = (name: string) => {
      if (name === 'arm.after') throw new Error('killed here')
    }
    await expect(open({ failpoint })).rejects.toThrow('killed here')
    expect(await canLogIn()).toBe(false)
  })

  it('cannot be kept by a script that sets its own password and settings', async () => {
    const session = await open()
    await session.run(
      'plant',
      `DO $$ BEGIN
         EXECUTE format('ALTER ROLE %I PASSWORD ''planted''', session_user);
         EXECUTE format('ALTER ROLE %I VALID UNTIL ''infinity''', session_user);
       EXCEPTION WHEN insufficient_privilege THEN
         EXECUTE format('ALTER ROLE %I PASSWORD ''planted''', session_user);
       END $$;
       DO $$ BEGIN EXECUTE format('ALTER ROLE %I SET search_path = pg_catalog', session_user); END $$`,
    )
    await session.close()
    const planted = new pg.Client({ connectionString: asRole(cluster.workerUrl, tenant.id, 'planted') })
    expect(await sqlstateOf(planted.connect())).toMatch(/^28/)
    const settings = await admin<string[]>(
      `SELECT setconfig FROM pg_db_role_setting WHERE setrole = '${tenant.id}'::regrole`,
    )
    expect(settings).toEqual(['temp_file_limit=1GB'])
  })

  it('ends at the deadline, even when the script catches every cancellation', async () => {
    const session = await open({ deadlineMs: 300 })
    const stubborn = `DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$`
    await expect(session.run('stubborn', stubborn)).rejects.toThrow(DeadlineError)
    await session.close()
    expect(await canLogIn()).toBe(false)
    expect(await admin(`SELECT count(*)::int FROM pg_stat_activity WHERE usename = '${tenant.id}'`)).toBe(0)
  })

  it('is refused for a tenant without a schema, and for no tenant', async () => {
    await cluster.ask(`SELECT tenantry.drop_tenant_schema($1, 'drop', 1)`, [tenant.id])
    expect(await sqlstateOf(open({ fence: 2 }))).toBe('TN004')
    expect(await sqlstateOf(open({ tenantId: 'tn_00000000000000000000000000' }))).toBe('TN004')
  })
})

it('passes every failpoint in order', async () => {
  const passed: string[] = []
  const session = await open({ failpoint: (name) => void passed.push(name) })
  await session.run('s', 'SELECT 1')
  await session.close()
  expect(passed).toEqual([
    'arm.before',
    'arm.after',
    'connected',
    's.begin',
    's.locked',
    's.executed',
    's.before_commit',
    's.after_commit',
    'disarm.before',
    'disarm.after',
  ])
})
