-- What is really there, all of it in one look: a row for every tenant or spare of which anything is in this database (a
-- lane, roles, a schema that its owner may create in, under whatever name), and one with no tenant_id for every schema
-- that is named like a tenant's and is nobody's. Whoever holds it against the registry finds every difference in it.
--   lane        none · empty: roles, no schema yet · present · dropped
--   found       its schemas that exist           roles, missing  its roles that exist, and those that do not
--   may_use     its application may use its schema
--   logins      its application's roles that can log in now; shut: the current one, which cannot
--   owner_open  how its owner is in although nobody armed it    wrong  what else is not as Tenantry made it
-- Everything is read through one snapshot: no function that looks into caches, so no transaction is seen by half.
-- After a bulk the server's statistics of its catalogs are old, and a nested loop over 40,000 roles takes a minute: none.
-- p_grace: for how long a session of an owner may outlive the operation that it was opened for.
CREATE OR REPLACE FUNCTION tenantry.reality(p_tenant text DEFAULT NULL, p_grace interval DEFAULT '15 seconds')
RETURNS TABLE (
  tenant_id text, lane text, schema text, fence bigint, blocked boolean, created_at timestamptz,
  found text[], roles text[], missing text[], may_use boolean, logins text[], shut text[], owner_open text[], wrong text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET jit = off SET work_mem = '32MB' SET enable_nestloop = off AS $$
  WITH
  installed AS (
    SELECT g.oid AS tenants, u.oid AS installer
    FROM tenantry.installation i JOIN pg_roles g ON g.rolname = i.tenants_role JOIN pg_roles u ON u.rolname = current_user
  ),
  lane AS MATERIALIZED (
    SELECT t.*, t.dropped_at IS NULL AND t.schema_created_at IS NOT NULL AS present,
      coalesce(m.writes_blocked, false) AS held, coalesce(m.connections, -1) AS most_connections
    FROM tenantry.tenant t LEFT JOIN tenantry.tenant_limit m ON m.tenant_id = t.tenant_id
    WHERE t.dropped_at IS NULL AND (p_tenant IS NULL OR t.tenant_id = p_tenant)
  ),
  named AS MATERIALIZED (
    SELECT l.tenant_id, r.part, r.name, x.oid, x.rolcanlogin, x.rolvaliduntil, x.rolconnlimit, l.held, l.most_connections
    FROM lane l CROSS JOIN LATERAL (VALUES
      ('owner', l.owner_role), ('writer', l.writer_role), ('app', l.app_role),
      ('login', l.login_role), ('previous', l.previous_login_role)
    ) r (part, name)
    LEFT JOIN pg_roles x ON x.rolname = r.name
    WHERE r.name IS NOT NULL
  ),
  -- Other databases of this server have tenants as well: ours are those of our group, of our lanes, and their logins.
  own AS MATERIALIZED (
    SELECT r.oid, r.rolname::text AS name, left(r.rolname, 29) AS tenant_id, r.rolcanlogin, r.rolsuper, r.rolcreaterole,
      r.rolcreatedb, r.rolreplication, r.rolbypassrls
    FROM pg_roles r
    -- By length and not by pattern: of 40,000 names a pattern takes longer than all the rest.
    WHERE r.rolname LIKE 'tn\_%' AND length(r.rolname) IN (29, 31, 33, 35) AND (p_tenant IS NULL OR left(r.rolname, 29) = p_tenant)
      AND r.oid IN (
      SELECT m.member FROM pg_auth_members m, installed i WHERE m.roleid = i.tenants
      UNION SELECT n.oid FROM named n
      UNION SELECT b.member FROM pg_auth_members b WHERE b.roleid IN (
        SELECT n.oid FROM named n WHERE n.part = 'app'
        UNION SELECT m.member FROM pg_auth_members m, installed i WHERE m.roleid = i.tenants)
    )
  ),
  acl AS MATERIALIZED (
    SELECT n.oid AS ns, a.grantee, bool_or(a.privilege_type = 'CREATE') AS creates, bool_or(a.privilege_type = 'USAGE') AS uses
    FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) a
    WHERE a.grantee <> n.nspowner GROUP BY 1, 2
  ),
  holder AS (
    SELECT a.ns, min(o.name) AS tenant_id FROM acl a JOIN own o ON o.oid = a.grantee
    WHERE a.creates AND o.tenant_id = o.name GROUP BY a.ns
  ),
  place AS MATERIALIZED (
    SELECT n.oid AS ns, n.nspname::text AS name, n.nspowner, coalesce(l.tenant_id, h.tenant_id) AS tenant_id
    FROM pg_namespace n
    LEFT JOIN lane l ON l.schema = n.nspname AND l.present
    LEFT JOIN holder h ON h.ns = n.oid
    WHERE n.nspname LIKE 't\_%' OR h.tenant_id IS NOT NULL
  ),
  -- How the roles of living tenants are to hang together, and no other way.
  bond AS MATERIALIZED (
    SELECT n.tenant_id, i.tenants AS role, n.oid AS member FROM named n, installed i
    WHERE n.part IN ('owner', 'writer', 'app') AND n.oid IS NOT NULL
  UNION ALL
    SELECT n.tenant_id, a.oid, n.oid FROM named n JOIN named a ON a.tenant_id = n.tenant_id AND a.part = 'app'
    WHERE n.part IN ('login', 'previous') AND n.oid IS NOT NULL AND a.oid IS NOT NULL
  UNION ALL
    SELECT w.tenant_id, w.oid, a.oid FROM named w JOIN named a ON a.tenant_id = w.tenant_id AND a.part = 'app'
    -- Whoever is over a quota may not write.
    WHERE w.part = 'writer' AND w.oid IS NOT NULL AND a.oid IS NOT NULL AND NOT w.held
  ),
  strange AS MATERIALIZED (
    SELECT m.roleid, m.member FROM pg_auth_members m, installed i
    WHERE m.member <> i.installer
      AND NOT EXISTS (SELECT FROM bond b WHERE b.role = m.roleid AND b.member = m.member)
  ),
  fault AS (
    SELECT o.tenant_id, format('%s is %s', o.name, concat_ws(', ', CASE WHEN o.rolsuper THEN 'SUPERUSER' END,
      CASE WHEN o.rolcreaterole THEN 'CREATEROLE' END, CASE WHEN o.rolcreatedb THEN 'CREATEDB' END,
      CASE WHEN o.rolreplication THEN 'REPLICATION' END, CASE WHEN o.rolbypassrls THEN 'BYPASSRLS' END)) AS words
    FROM own o WHERE o.rolsuper OR o.rolcreaterole OR o.rolcreatedb OR o.rolreplication OR o.rolbypassrls
  UNION ALL
    SELECT o.tenant_id, format('%s can log in', o.name)
    FROM own o WHERE o.rolcanlogin AND length(o.name) IN (31, 33)
  UNION ALL
    SELECT b.tenant_id, format('%s is no member of %s', u.rolname, g.rolname)
    FROM bond b JOIN pg_roles g ON g.oid = b.role JOIN pg_roles u ON u.oid = b.member
    WHERE NOT EXISTS (SELECT FROM pg_auth_members m WHERE m.roleid = b.role AND m.member = b.member)
  UNION ALL
    SELECT n.tenant_id, format('%s is a member of %s', r.rolname, n.name)
    FROM strange s JOIN named n ON n.oid = s.roleid JOIN pg_roles r ON r.oid = s.member
  UNION ALL
    SELECT n.tenant_id, format('%s is a member of %s', n.name, r.rolname)
    FROM strange s JOIN named n ON n.oid = s.member JOIN pg_roles r ON r.oid = s.roleid
    -- Said of the other role already.
    WHERE NOT EXISTS (SELECT FROM named o WHERE o.oid = s.roleid)
  UNION ALL
    SELECT n.tenant_id, format('%s is valid for ever, although newer credentials were issued', n.name)
    FROM named n WHERE n.part = 'previous' AND n.rolcanlogin AND coalesce(n.rolvaliduntil, 'infinity') = 'infinity'
  UNION ALL
    SELECT n.tenant_id, format('%s has a limit of %s connections, not %s', n.name, n.rolconnlimit, n.most_connections)
    FROM named n WHERE n.part IN ('login', 'previous') AND n.rolconnlimit <> n.most_connections
  UNION ALL
    SELECT n.tenant_id, format('%s does not look into %s', n.name, l.schema)
    FROM named n JOIN lane l ON l.tenant_id = n.tenant_id AND l.present
    WHERE n.oid IS NOT NULL AND n.part IN ('app', 'login', 'previous') AND NOT EXISTS (
      SELECT FROM pg_db_role_setting s WHERE s.setrole = n.oid AND s.setdatabase = 0
        AND ('search_path=' || l.schema = ANY (s.setconfig) OR EXISTS (
          SELECT FROM place p WHERE p.tenant_id = l.tenant_id AND 'search_path=' || p.name = ANY (s.setconfig))))
  UNION ALL
    SELECT p.tenant_id, format('%s owns the schema', r.rolname)
    FROM place p CROSS JOIN installed i JOIN pg_roles r ON r.oid = p.nspowner
    JOIN pg_namespace t ON t.nspname = 'tenantry'
    WHERE p.tenant_id IS NOT NULL AND p.nspowner NOT IN (i.installer, t.nspowner) AND NOT r.rolsuper
  UNION ALL
    SELECT p.tenant_id, format('%s may not use its schema and create in it', n.name)
    FROM place p JOIN named n ON n.tenant_id = p.tenant_id AND n.part = 'owner' AND n.oid IS NOT NULL
    WHERE NOT EXISTS (SELECT FROM acl a WHERE a.ns = p.ns AND a.grantee = n.oid AND a.creates AND a.uses)
  UNION ALL
    SELECT p.tenant_id, format('%s may %s the schema', CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE r.rolname::text END,
      CASE WHEN a.creates THEN 'create in' ELSE 'use' END)
    FROM place p JOIN acl a ON a.ns = p.ns LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE p.tenant_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM named n WHERE n.tenant_id = p.tenant_id AND n.oid = a.grantee
        AND (n.part = 'owner' OR n.part = 'app' AND NOT a.creates))
  ),
  wrong AS (SELECT f.tenant_id, array_agg(DISTINCT f.words ORDER BY f.words) AS words FROM fault f GROUP BY 1),
  being AS (
    SELECT o.tenant_id, array_agg(o.name ORDER BY o.name) AS names FROM own o GROUP BY 1
  ),
  there AS (
    SELECT p.tenant_id, array_agg(p.name ORDER BY p.name) AS names FROM place p WHERE p.tenant_id IS NOT NULL GROUP BY 1
  ),
  access AS (
    SELECT n.tenant_id,
      array_agg(n.name::text ORDER BY n.name) FILTER (WHERE n.oid IS NULL) AS missing,
      array_agg(n.name::text ORDER BY n.name) FILTER (
        WHERE n.part IN ('app', 'login', 'previous') AND n.rolcanlogin
          AND coalesce(n.rolvaliduntil, 'infinity') > clock_timestamp()) AS logins,
      array_agg(n.name::text) FILTER (
        WHERE n.part = 'login' AND n.oid IS NOT NULL
          AND NOT (n.rolcanlogin AND coalesce(n.rolvaliduntil, 'infinity') > clock_timestamp())) AS shut,
      bool_or(n.part = 'app' AND a.uses) AS may_use
    FROM named n
    LEFT JOIN place p ON p.tenant_id = n.tenant_id AND n.part = 'app'
    LEFT JOIN acl a ON a.ns = p.ns AND a.grantee = n.oid
    GROUP BY 1
  ),
  session AS (
    SELECT DISTINCT s.usename::text AS tenant_id FROM pg_stat_activity s
    WHERE s.usename ~ '^tn_[0-9a-z]{26}$' AND s.datname = current_database()
      AND greatest(s.backend_start, s.state_change, s.query_start) < clock_timestamp() - p_grace
  ),
  id AS (
    SELECT l.tenant_id FROM lane l UNION SELECT b.tenant_id FROM being b UNION SELECT t.tenant_id FROM there t
  )
  SELECT i.tenant_id,
    CASE WHEN t.tenant_id IS NULL THEN 'none' WHEN t.dropped_at IS NOT NULL THEN 'dropped'
      WHEN t.schema_created_at IS NULL THEN 'empty' ELSE 'present' END,
    t.schema::text, coalesce(t.fence, 0), t.blocked_at IS NOT NULL, t.created_at,
    coalesce(h.names, '{}'), coalesce(b.names, '{}'), coalesce(a.missing, '{}'), coalesce(a.may_use, false),
    coalesce(a.logins, '{}'), coalesce(a.shut, '{}'),
    -- Whoever armed it disarms it when the operation has ended; a minute later nobody will any more.
    CASE WHEN t.nonce_hash IS NULL OR t.armed_until < clock_timestamp() - interval '1 minute' THEN array_remove(ARRAY[
      CASE WHEN o.rolcanlogin THEN 'it can log in' END,
      CASE WHEN s.tenant_id IS NOT NULL THEN 'it has a session' END], NULL) ELSE '{}' END,
    coalesce(w.words, '{}')
  FROM id i
  LEFT JOIN tenantry.tenant t ON t.tenant_id = i.tenant_id
  LEFT JOIN there h ON h.tenant_id = i.tenant_id
  LEFT JOIN being b ON b.tenant_id = i.tenant_id
  LEFT JOIN access a ON a.tenant_id = i.tenant_id
  LEFT JOIN wrong w ON w.tenant_id = i.tenant_id
  LEFT JOIN own o ON o.name = i.tenant_id
  LEFT JOIN session s ON s.tenant_id = i.tenant_id
  WHERE p_tenant IS NULL OR i.tenant_id = p_tenant
UNION ALL
  SELECT NULL, 'none', p.name, 0, false, NULL, ARRAY[p.name], '{}', '{}', false, '{}', '{}', '{}', '{}'
  FROM place p WHERE p.tenant_id IS NULL AND p_tenant IS NULL
$$;
