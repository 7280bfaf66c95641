-- Whether a tenant's role is at work in another Tenantry database of this server too: roles belong to the server, and a
-- tenant that moves from one of its databases to the other is in both until the first is dropped.
CREATE OR REPLACE FUNCTION tenantry.is_shared(p_role name) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM pg_auth_members m
    JOIN pg_roles g ON g.oid = m.roleid
    JOIN pg_database d ON g.rolname = 'tenantry_tenants_' || d.oid
    WHERE m.member = to_regrole(quote_ident(p_role)) AND d.datname <> current_database()
  )
$$;
