-- The default privileges of a function or type for an owner, without PUBLIC where PUBLIC had none.
CREATE OR REPLACE FUNCTION tenantry.kept_defaults(p_acl aclitem[], p_kind "char", p_owner oid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_array(a.grantee::bigint, a.privilege_type, a.is_grantable)), '[]')
  FROM aclexplode(acldefault(p_kind, p_owner)) a
  WHERE a.grantee <> 0 OR p_acl IS NULL OR EXISTS (SELECT FROM aclexplode(p_acl) b WHERE b.grantee = 0)
$$;
