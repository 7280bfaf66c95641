import { describe, expect, it } from 'vitest'
import { inspectMigration } from './inspect-migration.ts'
import { type MigrationRule, migrationRules } from './migration-rules.ts'

const refused: { readonly [rule in MigrationRule]: readonly string[] } = {
  'transaction-control': [
    'BEGIN',
    'COMMIT',
    'ROLLBACK',
    'SAVEPOINT a',
    `PREPARE TRANSACTION 'a'`,
    'ROLLBACK TO a',
  ],
  settings: [
    'SET search_path = x',
    `SET LOCAL statement_timeout = 0`,
    'RESET ALL',
    'SHOW work_mem',
    'SET ROLE x',
    'SET SESSION AUTHORIZATION x',
    'ALTER SYSTEM SET work_mem = 1',
    'ALTER DATABASE x SET work_mem = 1',
  ],
  'other-schema': [
    'CREATE SCHEMA x',
    'DROP SCHEMA x CASCADE',
    'ALTER SCHEMA x RENAME TO y',
    'ALTER TABLE a SET SCHEMA x',
    'CREATE TABLE x.a (id int)',
    'SELECT * FROM x.a',
    'INSERT INTO x.a VALUES (1)',
    'UPDATE x.a SET b = 1',
    'DELETE FROM x.a',
    'WITH w AS (SELECT * FROM x.a) SELECT * FROM w',
    'CREATE VIEW v AS SELECT * FROM x.a',
    'CREATE FUNCTION x.f() RETURNS int LANGUAGE sql RETURN 1',
    'CREATE TABLE a (b x.t)',
    'SELECT x.f(1)',
    'ALTER TABLE x.a ADD b int',
    'DROP TABLE x.a',
    'DROP FUNCTION x.f(int)',
    'DROP TYPE x.t',
    'CREATE TYPE x.t AS ENUM ()',
    'CREATE DOMAIN x.d AS int',
    'COMMENT ON SCHEMA x IS $$$$',
    'GRANT USAGE ON SCHEMA x TO PUBLIC',
    'GRANT SELECT ON ALL TABLES IN SCHEMA x TO PUBLIC',
    'CREATE TABLE a (b int REFERENCES x.c)',
    'CREATE TRIGGER t BEFORE INSERT ON a EXECUTE FUNCTION x.f()',
    'REINDEX SCHEMA x',
    'TRUNCATE x.a',
    'REFRESH MATERIALIZED VIEW x.m',
    'CREATE INDEX ON x.a (b)',
    'MERGE INTO x.a USING b ON true WHEN MATCHED THEN DO NOTHING',
  ],
  roles: [
    'CREATE ROLE x',
    'CREATE USER x',
    'DROP ROLE x',
    'ALTER ROLE x SUPERUSER',
    'ALTER ROLE x SET work_mem = 1',
    'GRANT a TO b',
    'REVOKE a FROM b',
    'ALTER TABLE a OWNER TO x',
    'ALTER FUNCTION f() OWNER TO x',
    'REASSIGN OWNED BY x TO y',
    'DROP OWNED BY x',
    'GRANT SELECT ON a TO x',
    'REVOKE SELECT ON a FROM x',
    'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC',
    'CREATE POLICY p ON a TO x',
    'ALTER ROLE x RENAME TO y',
    'COMMENT ON ROLE x IS $$$$',
  ],
  'server-files': [
    'COPY a FROM STDIN',
    `COPY a TO '/tmp/a'`,
    `COPY a FROM PROGRAM 'id'`,
    `LOAD 'x'`,
    `SELECT pg_read_file('/etc/passwd')`,
    'SELECT lo_create(0)',
    `SELECT lo_import('/etc/passwd')`,
    `SELECT dblink_connect('x')`,
    `SELECT * FROM pg_ls_dir('/')`,
  ],
  'server-objects': [
    'CREATE DATABASE x',
    'DROP DATABASE x',
    'CREATE EXTENSION hstore',
    'DROP EXTENSION hstore',
    'CREATE SERVER s FOREIGN DATA WRAPPER w',
    'CREATE FOREIGN TABLE a () SERVER s',
    'IMPORT FOREIGN SCHEMA a FROM SERVER s INTO b',
    `CREATE TABLESPACE x LOCATION '/x'`,
    'CREATE TABLE a (b int) TABLESPACE x',
    'CREATE INDEX ON a (b) TABLESPACE x',
    'ALTER TABLE a SET TABLESPACE x',
    'CREATE LANGUAGE plperlu',
    'CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()',
    'CREATE PUBLICATION p FOR ALL TABLES',
    `CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p`,
    'CREATE ACCESS METHOD m TYPE TABLE HANDLER h',
    'SELECT pg_terminate_backend(1)',
    'SELECT pg_reload_conf()',
    'COMMENT ON DATABASE x IS $$$$',
    'GRANT ALL ON DATABASE x TO PUBLIC',
    'CHECKPOINT',
  ],
  'temporary-objects': [
    'CREATE TEMP TABLE a (b int)',
    'CREATE TEMP TABLE a AS SELECT 1',
    'SELECT 1 INTO TEMP a',
    'CREATE TEMP VIEW a AS SELECT 1',
    'CREATE TEMP SEQUENCE a',
  ],
  locks: ['LOCK TABLE a', 'SELECT pg_advisory_lock(1)', 'SELECT pg_try_advisory_xact_lock_shared(1, 2)'],
  'not-in-a-transaction': [
    'CREATE INDEX CONCURRENTLY ON a (b)',
    'DROP INDEX CONCURRENTLY a',
    'REINDEX (CONCURRENTLY) TABLE a',
    'REINDEX TABLE CONCURRENTLY a',
    'VACUUM a',
    'CLUSTER a',
    'ALTER TABLE a DETACH PARTITION b CONCURRENTLY',
  ],
  'session-state': [
    'LISTEN a',
    'NOTIFY a',
    'UNLISTEN *',
    'DISCARD ALL',
    'PREPARE p AS SELECT 1',
    'EXECUTE p',
    'DEALLOCATE ALL',
    'DECLARE c CURSOR WITH HOLD FOR SELECT 1',
    'FETCH c',
    'CLOSE c',
    `SELECT set_config('search_path', 'x', false)`,
    `SELECT pg_notify('a', 'b')`,
  ],
  language: [
    'CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS $$$$',
    `CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'x'`,
    'DO LANGUAGE plperl $$$$',
  ],
  'psql-command': ['\\d a', '\\connect x', 'SELECT 1;\n\\! id'],
  syntax: ['SELEC 1', 'CREATE TABLE a (b int', "SELECT 'open"],
  'unknown-statement': ['EXPLAIN SELECT 1'],
}

const accepted = `
CREATE TYPE colour AS ENUM ('red', 'green');
CREATE DOMAIN mail AS text CHECK (VALUE LIKE '%@%');
CREATE TYPE pair AS (a int, b text);
CREATE TYPE span AS RANGE (subtype = int);
CREATE SEQUENCE s;
CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, m mail, c colour, at timestamptz DEFAULT now());
CREATE TABLE p (d date NOT NULL) PARTITION BY RANGE (d);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE UNLOGGED TABLE u (LIKE a);
CREATE TABLE e (r int4range, EXCLUDE USING gist (r WITH &&));
ALTER TABLE a ADD COLUMN n int, ADD CONSTRAINT n_positive CHECK (n > 0) NOT VALID;
ALTER TABLE a VALIDATE CONSTRAINT n_positive;
ALTER TABLE a RENAME COLUMN n TO number;
ALTER TABLE p DETACH PARTITION p1;
CREATE UNIQUE INDEX a_lower ON a (lower(m)) WHERE number IS NOT NULL;
CREATE STATISTICS st ON m, c FROM a;
CREATE VIEW v AS SELECT id FROM a;
CREATE MATERIALIZED VIEW mv AS SELECT count(*) FROM pg_catalog.pg_class;
REFRESH MATERIALIZED VIEW mv;
CREATE FUNCTION f(x int) RETURNS int LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN RETURN x; END $$;
CREATE FUNCTION g() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT f(2); END;
CREATE PROCEDURE pr() LANGUAGE sql AS $$ SELECT 1 $$;
CALL pr();
CREATE FUNCTION tr() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION tr();
CREATE RULE r AS ON DELETE TO u DO INSTEAD NOTHING;
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON a USING (m = current_user);
REVOKE EXECUTE ON FUNCTION f(int) FROM PUBLIC;
GRANT SELECT ON a TO CURRENT_USER;
COMMENT ON TABLE a IS 'a';
INSERT INTO a (m) VALUES ('x@y') ON CONFLICT DO NOTHING;
UPDATE a SET m = upper(m::pg_catalog.text) WHERE id IN (SELECT id FROM v);
DELETE FROM a WHERE id = 0;
MERGE INTO a USING (VALUES (1)) w (id) ON a.id = w.id WHEN MATCHED THEN DO NOTHING;
TRUNCATE u;
SELECT setval('s', 7);
DO $$ BEGIN PERFORM 1; END $$;
ANALYZE a;
REINDEX TABLE a;
DROP VIEW v;
DROP FUNCTION f(int), g();
ALTER TYPE colour ADD VALUE 'blue';
ALTER SEQUENCE s OWNED BY a.number;
SET CONSTRAINTS ALL IMMEDIATE;
CREATE AGGREGATE total (int) (sfunc = int4pl, stype = int);
CREATE OPERATOR === (leftarg = int, rightarg = int, function = int4eq);
CREATE TEXT SEARCH CONFIGURATION names (COPY = simple);
CREATE COLLATION case_blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE CAST (pair AS text) WITH INOUT;
`

describe('a migration is refused', () => {
  for (const [rule, scripts] of Object.entries(refused)) {
    it.each(scripts)(`under ${rule}: %s`, async (sql) => {
      const { refusals } = await inspectMigration(sql)
      expect(refusals.map((refusal) => refusal.rule)).toContain(rule)
      expect(refusals[0]?.message).toContain(migrationRules[refusals[0]?.rule as MigrationRule])
    })
  }

  it('with the number and the line of each statement, and what to do', async () => {
    const { refusals } = await inspectMigration(
      '-- first\nCREATE TABLE a (id int);\n\nCOMMIT;\nSELECT * FROM x.b;',
    )
    expect(refusals).toEqual([
      {
        rule: 'transaction-control',
        statement: 2,
        line: 4,
        message:
          'statement 2, line 4 (COMMIT): transaction-control. ' +
          'Remove it: Tenantry runs each migration in one transaction of its own.',
      },
      {
        rule: 'other-schema',
        statement: 3,
        line: 5,
        message:
          'statement 3, line 5 (SELECT * FROM x.b): other-schema. ' +
          'Write names without a schema: a migration runs in the schema of each tenant.',
      },
    ])
  })

  it('with the place where parsing stopped', async () => {
    const { refusals } = await inspectMigration('SELECT 1;\nSELECT ü ü ü;')
    expect(refusals).toMatchObject([
      { rule: 'syntax', line: 2, message: expect.stringMatching(/^line 2, column 12: /) },
    ])
  })
})

describe('a migration is accepted', () => {
  it('when all of it stays in the schema', async () => {
    const { statements, refusals } = await inspectMigration(accepted)
    expect(refusals).toEqual([])
    expect(statements).toHaveLength(accepted.trim().split('\n').length)
    expect(statements[4]).toMatchObject({ number: 5, line: 6, sql: 'CREATE SEQUENCE s' })
  })

  it('when there is nothing in it', async () => {
    expect(await inspectMigration('\n-- later\n/* much later */')).toEqual({ statements: [], refusals: [] })
  })
})
