-- Privileges as data that can be given again: [grantee, privilege, grantable] each. Null stays null: it says "the default".
CREATE OR REPLACE FUNCTION tenantry.acl_items(p_acl aclitem[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN p_acl IS NOT NULL THEN coalesce((
    SELECT jsonb_agg(jsonb_build_array(a.grantee::bigint, a.privilege_type, a.is_grantable)) FROM aclexplode(p_acl) a
  ), '[]') END
$$;
