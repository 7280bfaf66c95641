-- The schema itself with its privileges, the default privileges of the tenant's roles, and extensions that live in it.
CREATE OR REPLACE FUNCTION tenantry.schema_rows(p_scope tenantry.fingerprint_scope[])
RETURNS SETOF tenantry.fingerprint_row
LANGUAGE plpgsql STABLE ROWS 10 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT n.oid, 'schema'::text, ''::text, ROW(
      tenantry.role_word(n.nspowner, s), tenantry.acl_words(n.nspacl, 'n', n.nspowner, s),
      obj_description(n.oid, 'pg_namespace')
    )::text
    FROM unnest(p_scope) s JOIN pg_namespace n ON n.oid = s.ns
  UNION ALL
    SELECT s.ns, 'default privileges',
      concat_ws(' ', tenantry.role_word(d.defaclrole, s), d.defaclobjtype, d.defaclnamespace <> 0),
      tenantry.acl_words(d.defaclacl, NULL, d.defaclrole, s)
    FROM unnest(p_scope) s
    -- Those of the schema through pg_depend, those of the roles everywhere by the role: each has its index.
    CROSS JOIN LATERAL (
      SELECT e.objid AS oid FROM pg_depend e
      WHERE e.refclassid = 'pg_namespace'::regclass AND e.refobjid = s.ns AND e.classid = 'pg_default_acl'::regclass
      UNION ALL
      SELECT g.oid FROM pg_default_acl g
      WHERE g.defaclrole = ANY (ARRAY[s.owner, s.writer, s.app]) AND g.defaclnamespace = 0
    ) found
    JOIN pg_default_acl d ON d.oid = found.oid
  UNION ALL
    SELECT s.ns, 'extension ' || e.extname, '', e.extversion
    FROM unnest(p_scope) s JOIN pg_extension e ON e.extnamespace = s.ns;
END $$;
