-- What adopt_schema changes, as it is before: name, owner and privileges of the schema, default privileges in it, functions
-- and kept roles whose search_path names it. restore_schema takes it.
CREATE OR REPLACE FUNCTION tenantry.schema_as_it_is(p_lane tenantry.tenant) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT jsonb_build_object(
    'name', n.nspname, 'owner', n.nspowner::bigint, 'acl', tenantry.acl_items(coalesce(n.nspacl, acldefault('n', n.nspowner))),
    'defaults', (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
        'role', pg_get_userbyid(d.defaclrole), 'type', d.defaclobjtype, 'acl', tenantry.acl_items(d.defaclacl))), '[]')
      FROM pg_depend e JOIN pg_default_acl d ON d.oid = e.objid
      WHERE e.classid = 'pg_default_acl'::regclass AND e.refclassid = 'pg_namespace'::regclass AND e.refobjid = n.oid),
    'functions', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.oid::bigint, 'path', substr(c, length('search_path=') + 1))), '[]')
      FROM tenantry.schema_objects(ARRAY[n.oid]) o
      JOIN pg_proc p ON o.kind = 'ROUTINE' AND p.oid = o.objid
      CROSS JOIN unnest(p.proconfig) c
      WHERE c LIKE 'search\_path=%' AND n.nspname = ANY (tenantry.path_elements(substr(c, length('search_path=') + 1)))),
    'roles', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('name', r.rolname, 'own', path.own, 'effective', path.effective)), '[]')
      FROM tenantry.ledger l
      CROSS JOIN jsonb_array_elements_text(l.result -> 'roles') k
      JOIN pg_roles r ON r.rolname = k
      CROSS JOIN tenantry.role_path(r.rolname) path
      WHERE l.tenant_id = p_lane.tenant_id AND l.step = 'adopt begin'
        AND tenantry.renamed_path(path.effective, n.nspname, p_lane.schema, r.rolname) IS NOT NULL))
  FROM pg_namespace n WHERE n.oid = p_lane.adopted_oid
$$;
