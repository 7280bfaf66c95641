-- By which privileges somebody besides the owner and the writer may write into a tenant's tables, now or when they are
-- made: while there are any, taking the writer from the application does not stop it. In words.
CREATE OR REPLACE FUNCTION tenantry.loose_writes(p_lane tenantry.tenant) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET jit = off AS $$
  WITH place AS (SELECT n.oid FROM pg_namespace n WHERE n.nspname = p_lane.schema),
  ours AS (SELECT r.oid FROM pg_roles r WHERE r.rolname IN (p_lane.owner_role, p_lane.writer_role)),
  relation AS MATERIALIZED (
    SELECT c.oid, c.relname, c.relacl FROM place p
    JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = p.oid AND d.classid = 'pg_class'::regclass
    JOIN pg_class c ON c.oid = d.objid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  )
  SELECT format('%s on %s for %s', a.privilege_type, r.relname, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END)
  FROM relation r, aclexplode(r.relacl) a
  WHERE a.privilege_type IN ('INSERT', 'UPDATE') AND a.grantee NOT IN (SELECT oid FROM ours)
UNION ALL
  SELECT format('%s on %s.%s for %s', a.privilege_type, r.relname, k.attname,
    CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END)
  FROM relation r JOIN pg_attribute k ON k.attrelid = r.oid AND k.attacl IS NOT NULL, aclexplode(k.attacl) a
  WHERE a.privilege_type IN ('INSERT', 'UPDATE') AND a.grantee NOT IN (SELECT oid FROM ours)
UNION ALL
  SELECT format('default %s for %s', a.privilege_type, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END)
  FROM pg_default_acl f, aclexplode(f.defaclacl) a
  WHERE f.defaclrole = to_regrole(quote_ident(p_lane.owner_role)) AND f.defaclobjtype = 'r'
    AND a.privilege_type IN ('INSERT', 'UPDATE') AND a.grantee NOT IN (SELECT oid FROM ours)
$$;
