import { existsSync } from 'node:fs'
import type pg from 'pg'

/**
 * Everything that a tenant must not be able to change, as one hash per kind: the catalogs outside its schema, all roles
 * and memberships, the server's settings, the other tenant's rows, the lanes and the ledger, files, and as whom code of
 * the tenant's has run. Equal before and after: no escape.
 */
export async function outside(
  admin: pg.Pool,
  attacker: { schema: string; id: string },
  victimSchema: string,
): Promise<Map<string, string>> {
  const { rows } = await admin.query<{ kind: string; hash: string }>(
    kinds(attacker, victimSchema)
      .map(
        ([kind, rows]) =>
          `SELECT '${kind}' AS kind, concat(count(*), ' ', sum(hashtextextended(x::text, 0))) AS hash FROM (${rows}) x`,
      )
      .join(' UNION ALL '),
  )
  const hashes = new Map(rows.map(({ kind, hash }) => [kind, hash]))
  hashes.set('victim', await victimRows(admin, victimSchema))
  hashes.set('run as another', await othersWhoRan(admin, attacker))
  hashes.set('files', String(existsSync('/tmp/tenantry-attack')))
  return hashes
}

async function victimRows(admin: pg.Pool, schema: string): Promise<string> {
  const query = `SELECT md5(string_agg(s::text, '|')) AS rows, (SELECT last_value FROM ${schema}.tickets) FROM ${schema}.secret s`
  const { rows } = await admin.query(query).catch(() => ({ rows: ['gone'] }))
  return JSON.stringify(rows)
}

/** The attacks' own code notes in ran_as who runs it. */
async function othersWhoRan(admin: pg.Pool, { schema, id }: { schema: string; id: string }): Promise<string> {
  const { rows } = await admin
    .query(`SELECT who FROM ${schema}.ran_as WHERE who <> $1`, [id])
    .catch(() => ({ rows: [] }))
  return JSON.stringify(rows)
}

function kinds({ schema, id }: { schema: string; id: string }, victimSchema: string): [string, string][] {
  const mine = `'${schema}'::regnamespace`
  const owner = `'${id}'::regrole`
  const outsideRelations = `SELECT oid FROM pg_class WHERE relnamespace <> ${mine}
    AND NOT (relnamespace = 'pg_toast'::regnamespace AND relowner = ${owner})`
  return [
    [
      'namespaces',
      `SELECT oid, nspname, nspowner, coalesce(nspacl, acldefault('n', nspowner)) FROM pg_namespace`,
    ],
    [
      'relations',
      `SELECT oid, relname, relnamespace, relkind, relowner, coalesce(relacl, acldefault('r', relowner)), relrowsecurity, relhassubclass
       FROM pg_class WHERE oid IN (${outsideRelations})`,
    ],
    [
      'columns',
      `SELECT attrelid, attname, atttypid, attacl FROM pg_attribute WHERE attrelid IN (${outsideRelations})`,
    ],
    [
      'functions',
      `SELECT oid, proname, pronamespace, proowner, coalesce(proacl, acldefault('f', proowner)), prosecdef, proconfig, prosrc, probin
       FROM pg_proc WHERE pronamespace <> ${mine}`,
    ],
    [
      'types',
      `SELECT oid, typname, typowner, coalesce(typacl, acldefault('T', typowner)) FROM pg_type WHERE typnamespace <> ${mine}
       AND NOT (typnamespace = 'pg_toast'::regnamespace AND typowner = ${owner})`,
    ],
    ['operators', `SELECT oid, oprname, oprowner FROM pg_operator WHERE oprnamespace <> ${mine}`],
    ['operator classes', `SELECT oid, opcname FROM pg_opclass WHERE opcnamespace <> ${mine}`],
    ['triggers', `SELECT tgrelid, tgname, tgenabled FROM pg_trigger WHERE tgrelid IN (${outsideRelations})`],
    ['rules', `SELECT ev_class, rulename FROM pg_rewrite WHERE ev_class IN (${outsideRelations})`],
    ['constraints', `SELECT conname, conrelid FROM pg_constraint WHERE connamespace <> ${mine}`],
    ['comments', `SELECT * FROM pg_shdescription`],
    ['relation comments', `SELECT * FROM pg_description WHERE objoid IN (${outsideRelations})`],
    [
      'casts',
      `SELECT c.oid FROM pg_cast c WHERE NOT EXISTS (
         SELECT FROM pg_type WHERE oid IN (c.castsource, c.casttarget) AND typnamespace = ${mine})`,
    ],
    ['default privileges', `SELECT * FROM pg_default_acl WHERE defaclrole <> ${owner}`],
    ['roles', 'SELECT * FROM pg_authid'],
    ['members', 'SELECT roleid, member, grantor, admin_option FROM pg_auth_members'],
    ['role settings', 'SELECT * FROM pg_db_role_setting'],
    [
      'databases',
      `SELECT datname, datdba, coalesce(datacl, acldefault('d', datdba)), datconnlimit, datallowconn FROM pg_database`,
    ],
    ['tablespaces', 'SELECT * FROM pg_tablespace'],
    ['extensions', 'SELECT * FROM pg_extension'],
    ['languages', 'SELECT * FROM pg_language'],
    ['wrappers', 'SELECT * FROM pg_foreign_data_wrapper'],
    ['publications', 'SELECT oid FROM pg_publication'],
    ['subscriptions', 'SELECT oid FROM pg_subscription'],
    ['event triggers', 'SELECT * FROM pg_event_trigger'],
    ['large objects', 'SELECT * FROM pg_largeobject_metadata'],
    ['slots', 'SELECT slot_name FROM pg_replication_slots'],
    ['prepared transactions', 'SELECT gid FROM pg_prepared_xacts'],
    ['advisory locks', `SELECT classid, objid FROM pg_locks WHERE locktype = 'advisory'`],
    ['settings', 'SELECT name, setting FROM pg_file_settings'],
    ['lanes', 'SELECT tenant_id, schema, fence, undone_fence, dropped_at FROM tenantry.tenant'],
    ['ledger', `SELECT operation_id, step, tenant_id FROM tenantry.ledger WHERE step <> 'script'`],
    ['sessions', `SELECT pid FROM pg_stat_activity WHERE usename = '${id}'`],
    ['temporary', `SELECT nspname FROM pg_namespace WHERE nspname LIKE 'pg\\_temp%' AND nspowner = ${owner}`],
    ['the victim is there', `SELECT to_regclass('${victimSchema}.secret')`],
  ]
}

/** The kinds in which two looks differ. */
export function differences(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after.keys()].filter((kind) => before.get(kind) !== after.get(kind))
}
