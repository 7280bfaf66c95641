-- What of the product's access is real right now: roles that can log in, sessions that are there, and whether the
-- application role may use the schema. No row: no such tenant.
CREATE OR REPLACE FUNCTION tenantry.tenant_access(p_tenant text)
RETURNS TABLE (logins integer, sessions integer, may_use boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT
    (SELECT count(*)::integer FROM pg_roles r
      WHERE r.rolcanlogin AND r.rolname IN (t.app_role, t.login_role, t.previous_login_role)
        AND coalesce(r.rolvaliduntil, 'infinity') > clock_timestamp()),
    (SELECT count(*)::integer FROM pg_stat_activity a
      WHERE a.datname = current_database() AND a.usename IN (t.app_role, t.login_role, t.previous_login_role)),
    coalesce(has_schema_privilege(t.app_role::text, t.schema::text, 'USAGE'), false)
  FROM tenantry.tenant t WHERE t.tenant_id = p_tenant AND t.dropped_at IS NULL
$$;
