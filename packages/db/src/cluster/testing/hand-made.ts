import { randomBytes } from 'node:crypto'
import type pg from 'pg'

/** A schema as people make them by hand, with roles of its own. */
export interface HandMade {
  readonly schema: string
  /** Owns most of it. */
  readonly owner: string
  /** The product logs in as this one; its search_path names the schema. Password `product`. */
  readonly product: string
  /** May read, with a grant option on one table. */
  readonly reader: string
  drop(): Promise<void>
}

/** What of everything that has an owner is in it. */
export const everything = `
  CREATE TYPE mood AS ENUM ('fine', 'tired');
  CREATE TYPE span AS RANGE (subtype = float8);
  CREATE TYPE pair AS (a int, b int);
  CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
  CREATE TABLE person (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, mail email, mood mood DEFAULT 'fine');
  CREATE TABLE note (id serial PRIMARY KEY, person_id bigint REFERENCES person, body text, during span);
  CREATE INDEX note_body ON note (lower(body));
  CREATE TABLE log (at date NOT NULL, line text) PARTITION BY RANGE (at);
  CREATE TABLE log_2026 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
  CREATE SEQUENCE ticket;
  CREATE VIEW tired AS SELECT * FROM person WHERE mood = 'tired';
  CREATE MATERIALIZED VIEW names AS SELECT name FROM person;
  CREATE STATISTICS person_stats ON name, mail FROM person;
  CREATE COLLATION plain FROM "C";
  CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE RETURN n * 2;
  CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.body := trim(NEW.body); RETURN NEW; END $$;
  CREATE TRIGGER note_stamp BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION stamp();
  CREATE PROCEDURE tidy() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM note WHERE body = ''; END $$;
  CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
  CREATE FUNCTION same(a pair, b pair) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN a.a = b.a;
  CREATE OPERATOR === (LEFTARG = pair, RIGHTARG = pair, FUNCTION = same);
  CREATE TEXT SEARCH CONFIGURATION words (COPY = pg_catalog.simple);
  CREATE FUNCTION secret() RETURNS int LANGUAGE sql RETURN 42;
  REVOKE EXECUTE ON FUNCTION secret() FROM PUBLIC;
  ALTER TABLE person ENABLE ROW LEVEL SECURITY;
  CREATE POLICY everybody ON person USING (true);
`

/**
 * Makes a schema by hand, as a role of its own that is no tenant's.
 * @param sql its objects, made with the schema as search_path; their functions may say $schema
 */
export async function makeByHand(admin: pg.Pool, sql = everything): Promise<HandMade> {
  const word = `hand${randomBytes(4).toString('hex')}`
  const schema = `"${word} School"`
  const [owner, product, reader] = [`${word}_owner`, `${word}_product`, `${word}_reader`]
  const client = await admin.connect()
  try {
    await client.query(`
      CREATE ROLE ${owner} LOGIN PASSWORD 'owner'; CREATE ROLE ${product} LOGIN PASSWORD 'product'; CREATE ROLE ${reader} LOGIN;
      CREATE SCHEMA ${schema} AUTHORIZATION ${owner};
      GRANT USAGE ON SCHEMA ${schema} TO ${product}, ${reader};
      ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${product};
      ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${schema} GRANT USAGE ON SEQUENCES TO ${product};
      DO $$ BEGIN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${owner}, ${product}', current_database());
        EXECUTE format('ALTER ROLE ${product} IN DATABASE %I SET search_path = ${schema}, public', current_database());
      END $$;
      SET search_path = ${schema}; SET ROLE ${owner}`)
    await client.query(sql.replaceAll('$schema', schema))
    await client.query('RESET ROLE; RESET search_path')
  } finally {
    client.release()
  }
  return {
    schema: `${word} School`,
    owner,
    product,
    reader,
    async drop() {
      await admin.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
      for (const role of [owner, product, reader])
        await admin.query(`DROP OWNED BY ${role} CASCADE; DROP ROLE ${role}`)
    },
  }
}

/** Privileges that the way back must give again: columns, grant options, other owners, an owner without a right of its own. */
export async function entangle(admin: pg.Pool, { schema, owner, reader }: HandMade): Promise<void> {
  const name = `"${schema}"`
  await admin.query(`
    GRANT SELECT ON ${name}.person TO ${reader} WITH GRANT OPTION;
    GRANT SELECT (body), UPDATE (body) ON ${name}.note TO ${reader};
    GRANT SELECT ON ${name}.tired TO PUBLIC;
    REVOKE DELETE ON ${name}.note FROM ${owner};
    GRANT USAGE ON TYPE ${name}.mood TO ${reader};
    REVOKE USAGE ON TYPE ${name}.email FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION ${name}.secret() TO ${reader};
    GRANT CREATE ON SCHEMA ${name} TO ${reader};
    ALTER TABLE ${name}.log_2026 OWNER TO postgres;
    ALTER FUNCTION ${name}.twice(int) OWNER TO ${reader};
    ALTER FUNCTION ${name}.stamp() SET search_path = ${name}, pg_temp`)
}

/** Everything of a schema that an adoption touches, by oid: what the way back must bring back exactly. */
export async function lookOf(admin: pg.Pool, oid: number, product: string): Promise<unknown> {
  const acl = (acl: string, kind: string, owner: string) =>
    `(SELECT string_agg(concat_ws(' ', grantor::regrole, grantee::regrole, privilege_type, is_grantable), ',' ORDER BY grantor, grantee, privilege_type) FROM aclexplode(coalesce(${acl}, acldefault('${kind}', ${owner}))))`
  const { rows } = await admin.query({
    text: `
      SELECT 'schema' AS kind, nspname::text AS name, nspowner::regrole::text AS owner, ${acl('nspacl', 'n', 'nspowner')} AS acl
        FROM pg_namespace WHERE oid = $1
      UNION ALL SELECT relkind::text, relname, relowner::regrole::text, CASE WHEN relkind = 'S' THEN ${acl('relacl', 's', 'relowner')} ELSE ${acl('relacl', 'r', 'relowner')} END
        FROM pg_class WHERE relnamespace = $1
      UNION ALL SELECT 'column', attrelid::regclass::text || attname, '', ${acl('attacl', 'c', 'relowner')}
        FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = $1 AND attnum > 0
      UNION ALL SELECT 'function', oid::regprocedure::text, proowner::regrole::text || coalesce(proconfig::text, ''), ${acl('proacl', 'f', 'proowner')}
        FROM pg_proc WHERE pronamespace = $1
      UNION ALL SELECT 'type', typname, typowner::regrole::text, ${acl('typacl', 'T', 'typowner')} FROM pg_type WHERE typnamespace = $1
      UNION ALL SELECT 'operator', oprname, oprowner::regrole::text, '' FROM pg_operator WHERE oprnamespace = $1
      UNION ALL SELECT 'statistics', stxname, stxowner::regrole::text, '' FROM pg_statistic_ext WHERE stxnamespace = $1
      UNION ALL SELECT 'collation', collname, collowner::regrole::text, '' FROM pg_collation WHERE collnamespace = $1
      UNION ALL SELECT 'words', cfgname, cfgowner::regrole::text, '' FROM pg_ts_config WHERE cfgnamespace = $1
      UNION ALL SELECT 'default', defaclrole::regrole::text, defaclobjtype::text, defaclacl::text FROM pg_default_acl WHERE defaclnamespace = $1
      UNION ALL SELECT 'setting', '${product}', setdatabase::text, setconfig::text FROM pg_db_role_setting WHERE setrole = '${product}'::regrole
      UNION ALL SELECT 'member', roleid::regrole::text, '', '' FROM pg_auth_members WHERE member = '${product}'::regrole
      ORDER BY 1, 2, 3, 4`,
    values: [oid],
  })
  return rows
}
