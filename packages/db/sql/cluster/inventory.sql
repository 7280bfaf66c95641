-- What is really there, to be held against the registry: every schema named like a tenant's, every tenant role of this
-- database, and every owner role that can log in right now. tenant_id is null where nobody owns up to a schema.
CREATE OR REPLACE FUNCTION tenantry.inventory() RETURNS TABLE (kind text, name text, tenant_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT 'schema', n.nspname::text, t.tenant_id
  FROM pg_namespace n
  LEFT JOIN tenantry.tenant t ON t.schema = n.nspname AND t.schema_created_at IS NOT NULL
  WHERE n.nspname LIKE 't\_%'
UNION ALL
  SELECT k.kind, r.rolname::text, left(r.rolname, 29)
  FROM tenantry.installation i
  JOIN pg_auth_members m ON m.roleid = i.tenants_role::regrole
  JOIN pg_roles r ON r.oid = m.member AND r.rolname ~ '^tn_[0-9a-z]{26}(_w|_app)?$'
  CROSS JOIN LATERAL (
    SELECT 'role' UNION ALL SELECT 'login' WHERE r.rolcanlogin AND r.rolname ~ '^tn_[0-9a-z]{26}$'
  ) k (kind)
UNION ALL
  SELECT 'role', r.rolname::text, t.tenant_id
  FROM tenantry.tenant t
  -- Of a tenant that has moved to another database of this server, the roles are no longer here.
  JOIN pg_auth_members g ON g.member = to_regrole(quote_ident(t.app_role))
  JOIN tenantry.installation i ON g.roleid = i.tenants_role::regrole
  JOIN pg_auth_members m ON m.roleid = to_regrole(quote_ident(t.app_role))
  JOIN pg_roles r ON r.oid = m.member AND r.rolname ~ '^tn_[0-9a-z]{26}_app_[ab]$'
$$;
