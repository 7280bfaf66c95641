/** Words that are replaced in every attack: the attacker's and the victim's names. */
export interface AttackNames {
  readonly owner: string
  readonly app: string
  readonly schema: string
  readonly victim: string
  readonly victimApp: string
  readonly victimSchema: string
  readonly group: string
  readonly worker: string
  readonly operation: string
}

/** Scripts by which a tenant tries to reach beyond its schema, or to break the protocol that runs it. */
export interface Attack {
  readonly name: string
  readonly sql: string
}

/** Runs each statement on its own, so that one that is refused does not save the others' victims. */
export function eachAlone(...statements: string[]): string {
  const blocks = statements.map(
    (sql) => `BEGIN EXECUTE $attack$${sql}$attack$; EXCEPTION WHEN OTHERS THEN NULL; END;`,
  )
  return `DO $do$ BEGIN ${blocks.join('\n')} END $do$`
}

/** What an attacker would do with another identity, once it has one. */
const damage = eachAlone(
  'UPDATE $victimSchema.secret SET word = $$stolen$$',
  'DROP TABLE $victimSchema.secret',
  'CREATE TABLE $victimSchema.planted ()',
  'CREATE SCHEMA planted',
  'CREATE ROLE planted SUPERUSER',
  'UPDATE tenantry.tenant SET fence = fence + 1000',
  'DELETE FROM tenantry.ledger',
  'ALTER ROLE $owner CREATEROLE',
)

const becoming = [
  'RESET ROLE',
  'SET ROLE NONE',
  'SET ROLE postgres',
  'SET ROLE $worker',
  'SET ROLE $victim',
  'SET ROLE $victimApp',
  'SET ROLE $group',
  'SET ROLE $app',
  'SET SESSION AUTHORIZATION postgres',
  'SET SESSION AUTHORIZATION $victim',
  'SET SESSION AUTHORIZATION DEFAULT',
  'RESET SESSION AUTHORIZATION',
  `SELECT set_config('role', 'postgres', false)`,
  `SELECT set_config('session_authorization', '$victim', false)`,
  `UPDATE pg_settings SET setting = 'none' WHERE name = 'role'`,
]

const identity: Attack[] = becoming.flatMap((sql) => [
  { name: `${sql}, then damage`, sql: `${sql}; ${damage}` },
  { name: `${sql} behind an exception handler, then damage`, sql: `${eachAlone(sql)}; ${damage}` },
])

const disguised: Attack[] = [
  {
    name: 'a function that sets the role',
    sql: `CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql SET role = 'postgres' AS $f$ BEGIN ${damage.slice(3)}; END $f$; SELECT f()`,
  },
  {
    name: 'a deferred trigger that does damage at COMMIT',
    sql: `CREATE TABLE bait (id int);
      CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN
        EXECUTE 'RESET ROLE'; EXECUTE $d$${damage}$d$; INSERT INTO ran_as VALUES (current_user); RETURN NULL;
      EXCEPTION WHEN OTHERS THEN EXECUTE $d$${damage}$d$; INSERT INTO ran_as VALUES (current_user); RETURN NULL; END $f$;
      CREATE CONSTRAINT TRIGGER late AFTER INSERT ON bait DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION late();
      INSERT INTO bait VALUES (1)`,
  },
  {
    name: 'a cursor that outlives the transaction',
    sql: `CREATE FUNCTION late() RETURNS int LANGUAGE plpgsql AS $f$ BEGIN
        EXECUTE $d$${damage}$d$; INSERT INTO ran_as VALUES (current_user); RETURN 1; END $f$;
      DECLARE c CURSOR WITH HOLD FOR SELECT late()`,
  },
  {
    name: 'names that shadow those of the protocol',
    sql: `CREATE FUNCTION sha256(bytea) RETURNS bytea LANGUAGE plpgsql AS $f$ BEGIN EXECUTE $d$${damage}$d$; RETURN $1; END $f$;
      CREATE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql AS $f$ BEGIN EXECUTE $d$${damage}$d$; RETURN now(); END $f$;
      CREATE FUNCTION finish(text, text, bytea, jsonb) RETURNS void LANGUAGE plpgsql AS $f$ BEGIN EXECUTE $d$${damage}$d$; END $f$;
      CREATE FUNCTION same(text, text) RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN EXECUTE $d$${damage}$d$; RETURN true; END $f$;
      CREATE OPERATOR = (leftarg = text, rightarg = text, function = same);
      SET search_path = $schema, pg_catalog`,
  },
  {
    name: 'a search_path of its own for the next login',
    sql: `ALTER ROLE $owner SET search_path = $schema, pg_catalog; ALTER ROLE $owner SET role = 'postgres'`,
  },
  {
    name: 'a view and a rule in wait for a privileged reader',
    sql: `CREATE FUNCTION spy() RETURNS int LANGUAGE plpgsql AS $f$ BEGIN INSERT INTO ran_as VALUES (current_user); RETURN 1; END $f$;
      CREATE VIEW lure AS SELECT spy(); CREATE TABLE trap (id int DEFAULT spy(), CHECK (spy() > 0)); CREATE INDEX ON ran_as ((1))`,
  },
]

const transactions: Attack[] = [
  ...[
    'COMMIT',
    'END',
    'ROLLBACK',
    'ABORT',
    'BEGIN',
    'COMMIT AND CHAIN',
    'SAVEPOINT s',
    'ROLLBACK TO SAVEPOINT s',
  ],
  ...[`PREPARE TRANSACTION 'planted'`, `COMMIT PREPARED 'planted'`, 'START TRANSACTION READ WRITE'],
  ...['DO $$ BEGIN COMMIT; END $$', 'DO $$ BEGIN ROLLBACK; END $$'],
  ...['CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$; CALL p()'],
].map((sql) => ({
  name: `${sql} in the middle`,
  sql: `CREATE TABLE half (); ${sql}; CREATE TABLE other_half ()`,
}))

const protocol: Attack[] = [
  `SELECT tenantry.finish('$operation', 'script', '\\x00', NULL)`,
  `SELECT tenantry.finish('$operation', 'forged', sha256('\\x00'), '{"forged": true}')`,
  `SELECT tenantry.begin_op('$operation', 999999, 'script')`,
  `SELECT tenantry.begin_op('forged', 1, 'script')`,
  // … to have the triggers silenced that only a copy may silence
  `SELECT tenantry.silence_triggers('$operation', sha256('\\x00'))`,
  `SELECT tenantry.exec(ARRAY['COMMIT'])`,
  `SELECT tenantry.exec(ARRAY['UPDATE tenantry.tenant SET fence = 999999'])`,
  `SELECT tenantry.record_step('$owner', '$operation', 1, 'forged')`,
  `SELECT tenantry.claim_lane('$owner', '$operation', 999999)`,
  `SELECT tenantry.end_overdue('$victim')`,
  `SELECT tenantry.end_sessions('$victim', 999999)`,
  `SELECT tenantry.drop_tenant_schema('$victim', 'forged', 999999)`,
  `SELECT tenantry.disarm('$victim', 1)`,
  `SELECT tenantry.create_tenant_roles('tn_00000000000000000000000000', 't_planted', 'forged', 1)`,
  `SELECT tenantry.terminate_backends(ARRAY(SELECT pid FROM pg_stat_activity))`,
  `SELECT tenantry.fingerprint('$victimSchema')`,
  'SELECT * FROM tenantry.inventory()',
  'SELECT * FROM tenantry.tenant',
  `INSERT INTO tenantry.ledger VALUES ('forged', 'script', '$owner', 1)`,
  'DELETE FROM tenantry.ledger',
  'UPDATE tenantry.tenant SET fence = 999999',
  'LOCK TABLE tenantry.tenant',
  'CREATE FUNCTION tenantry.planted() RETURNS int LANGUAGE sql RETURN 1',
  'ALTER FUNCTION tenantry.exec(text[]) SECURITY DEFINER',
  'DROP FUNCTION tenantry.exec(text[])',
  'ALTER TABLE tenantry.ledger DISABLE TRIGGER ALL',
  'GRANT SELECT ON tenantry.tenant TO PUBLIC',
].map((sql) => ({ name: sql, sql }))

const neighbours: Attack[] = [
  'SELECT * FROM $victimSchema.secret',
  `INSERT INTO $victimSchema.secret VALUES ('planted')`,
  `UPDATE $victimSchema.secret SET word = 'stolen'`,
  'DELETE FROM $victimSchema.secret',
  'TRUNCATE $victimSchema.secret',
  'DROP TABLE $victimSchema.secret',
  'DROP SCHEMA $victimSchema CASCADE',
  'ALTER SCHEMA $victimSchema RENAME TO stolen',
  'ALTER TABLE $victimSchema.secret ADD planted int',
  'ALTER TABLE $victimSchema.secret SET SCHEMA $schema',
  'CREATE TABLE $victimSchema.planted ()',
  'CREATE TABLE $schema.child () INHERITS ($victimSchema.secret)',
  'CREATE TABLE $schema.child (id int REFERENCES $victimSchema.secret)',
  'CREATE VIEW $schema.peek AS SELECT * FROM $victimSchema.secret',
  'CREATE TRIGGER planted BEFORE INSERT ON $victimSchema.secret EXECUTE FUNCTION $victimSchema.guess()',
  'CREATE STATISTICS $schema.st ON word, word FROM $victimSchema.secret',
  'SELECT $victimSchema.guess()',
  `SELECT nextval('$victimSchema.tickets')`,
  'LOCK TABLE $victimSchema.secret',
  `COMMENT ON TABLE $victimSchema.secret IS 'planted'`,
  'GRANT ALL ON SCHEMA $schema TO PUBLIC',
  'GRANT $owner TO $victim',
  'GRANT $owner TO $victimApp',
  'GRANT $victim TO $owner',
  'GRANT $group TO $victim WITH ADMIN OPTION',
  'GRANT pg_read_all_data TO $owner',
  'REVOKE $group FROM $victim',
  'REASSIGN OWNED BY $victim TO $owner',
  'DROP OWNED BY $victim',
  'DROP OWNED BY $group',
  eachAlone('DROP OWNED BY $group'),
  'REASSIGN OWNED BY $owner TO $victim',
  'REASSIGN OWNED BY $owner TO postgres',
  'ALTER DEFAULT PRIVILEGES FOR ROLE $group GRANT ALL ON TABLES TO $owner',
  eachAlone('ALTER DEFAULT PRIVILEGES FOR ROLE $group GRANT ALL ON TABLES TO $owner'),
  'ALTER DEFAULT PRIVILEGES FOR ROLE $victim GRANT ALL ON TABLES TO $owner',
  'ALTER DEFAULT PRIVILEGES FOR ROLE $victim IN SCHEMA $victimSchema GRANT ALL ON TABLES TO $owner',
  'CREATE TABLE mine (); ALTER TABLE mine OWNER TO $victim',
  'CREATE TABLE mine (); ALTER TABLE mine OWNER TO postgres',
  'CREATE FUNCTION mine() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1; ALTER FUNCTION mine() OWNER TO postgres',
  'DROP ROLE $victim',
  `ALTER ROLE $victim LOGIN PASSWORD 'planted'`,
  'ALTER ROLE $victim RENAME TO stolen',
].map((sql) => ({ name: sql, sql }))

const ownRole: Attack[] = [
  'ALTER ROLE $owner SUPERUSER',
  'ALTER ROLE $owner CREATEROLE',
  'ALTER ROLE $owner CREATEDB',
  'ALTER ROLE $owner REPLICATION',
  'ALTER ROLE $owner BYPASSRLS',
  'ALTER ROLE $owner CONNECTION LIMIT -1',
  `ALTER ROLE $owner PASSWORD 'planted'`,
  `ALTER ROLE $owner LOGIN PASSWORD 'planted' VALID UNTIL 'infinity'`,
  'ALTER ROLE $owner RENAME TO $victim',
  'ALTER ROLE $owner SET work_mem = 1024',
  'ALTER ROLE $owner SET temp_file_limit = -1',
  'ALTER ROLE $owner RESET ALL',
  'ALTER ROLE $owner SET session_replication_role = replica',
  'ALTER ROLE ALL SET work_mem = 1024',
  `ALTER ROLE $app LOGIN PASSWORD 'planted'`,
  'SET session_replication_role = replica',
  'DROP ROLE $owner',
  'DROP OWNED BY $owner',
  'DROP SCHEMA $schema CASCADE',
  'ALTER SCHEMA $schema OWNER TO $owner',
  'ALTER SCHEMA $schema RENAME TO t_renamed',
].map((sql) => ({ name: sql, sql }))

const server: Attack[] = [
  `COPY (SELECT 'x') TO '/tmp/tenantry-attack'`,
  `COPY (SELECT 'x') TO PROGRAM 'touch /tmp/tenantry-attack'`,
  `COPY ran_as FROM '/etc/passwd'`,
  'COPY ran_as FROM STDIN',
  `SELECT pg_read_file('/etc/passwd')`,
  `SELECT pg_ls_dir('/')`,
  `SELECT lo_import('/etc/passwd')`,
  'SELECT lo_create(0)',
  eachAlone('SELECT lo_create(4711)', `SELECT lo_from_bytea(4712, 'x')`, `SELECT lo_creat(-1)`),
  `SELECT lo_put(4711, 0, 'x')`,
  'SELECT pg_advisory_lock(42)',
  'SELECT pg_try_advisory_lock_shared(42)',
  eachAlone('SELECT pg_advisory_lock(42)', 'SELECT pg_advisory_xact_lock(42, 43)'),
  `SELECT pg_notify('control', 'planted')`,
  `SELECT pg_logical_emit_message(true, 'planted', 'x')`,
  'CREATE TEMP TABLE planted ()',
  'CREATE SCHEMA planted',
  'CREATE SCHEMA AUTHORIZATION $owner',
  'CREATE TABLE public.planted ()',
  'CREATE EXTENSION hstore',
  'CREATE EXTENSION plpython3u',
  'CREATE LANGUAGE plperlu',
  `CREATE FUNCTION c() RETURNS int LANGUAGE c AS 'libc', 'system'`,
  `CREATE FUNCTION i(internal) RETURNS internal LANGUAGE internal AS 'pg_ls_dir_1arg'`,
  `LOAD '$libdir/plpgsql'`,
  'CREATE EVENT TRIGGER planted ON ddl_command_end EXECUTE FUNCTION planted()',
  'DROP EVENT TRIGGER tenantry_refuse_group_defaults',
  'ALTER EVENT TRIGGER tenantry_refuse_group_defaults DISABLE',
  'SET event_triggers = off',
  'CREATE PUBLICATION planted FOR ALL TABLES',
  `CREATE SUBSCRIPTION planted CONNECTION 'host=127.0.0.1' PUBLICATION p WITH (connect = false)`,
  'CREATE FOREIGN DATA WRAPPER planted',
  'CREATE CAST (int AS boolean) WITH INOUT AS IMPLICIT',
  'CREATE OPERATOR CLASS planted DEFAULT FOR TYPE int USING btree AS OPERATOR 1 <',
  `SELECT pg_create_physical_replication_slot('planted')`,
  'SELECT pg_reload_conf()',
  'SELECT pg_switch_wal()',
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user`,
  'SELECT pg_stat_reset()',
  `ALTER SYSTEM SET work_mem = '1GB'`,
  'CREATE DATABASE planted',
  'ALTER DATABASE CURRENT SET work_mem = 1024',
  `CREATE TABLESPACE planted LOCATION '/tmp'`,
  'CREATE TABLE planted () TABLESPACE pg_global',
  `COMMENT ON ROLE $owner IS 'planted'`,
  `UPDATE pg_authid SET rolsuper = true`,
  'DELETE FROM pg_proc',
  'ALTER TABLE pg_class ADD planted int',
  'CREATE FUNCTION pg_catalog.planted() RETURNS int LANGUAGE sql RETURN 1',
  'GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC',
  'REVOKE ALL ON FUNCTION now() FROM PUBLIC',
  `DO LANGUAGE plperlu 'system("id")'`,
].map((sql) => ({ name: sql, sql }))

export const attacks: readonly Attack[] = [
  ...identity,
  ...disguised,
  ...transactions,
  ...protocol,
  ...neighbours,
  ...ownRole,
  ...server,
]

/** The attack with the names of those involved. */
export function aimed(attack: Attack, names: AttackNames): string {
  // The longer word first: $victimSchema and $victimApp begin with $victim.
  const words = (Object.keys(names) as (keyof AttackNames)[]).sort((a, b) => b.length - a.length)
  return words.reduce((sql, word) => sql.replaceAll(`$${word}`, names[word]), attack.sql)
}
