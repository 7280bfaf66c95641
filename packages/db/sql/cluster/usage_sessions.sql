-- Who of the tenants has sessions in this database right now: connections of its product, and for how many seconds the
-- oldest of its transactions has been open (its migrations' as well). Tenants without a session have no row.
CREATE OR REPLACE FUNCTION tenantry.usage_sessions() RETURNS TABLE (
  tenant_id text, connections integer, oldest_transaction double precision
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH session AS (
    SELECT a.usesysid, a.usename::text AS name, a.xact_start FROM pg_stat_activity a
    WHERE a.datname = current_database() AND a.backend_type = 'client backend'
  ),
  whose AS (
    SELECT coalesce(
        substring(s.name FROM '^(tn_[0-9a-z]{26})(?:_app(?:_[ab])?)?$'),
        -- A login from before its adoption is known by the role that it is a member of.
        (SELECT left(g.rolname, 29) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
         WHERE m.member = s.usesysid AND g.rolname ~ '^tn_[0-9a-z]{26}_app$' LIMIT 1)) AS tenant_id,
      length(s.name) = 29 AND s.name LIKE 'tn\_%' AS is_owner, s.xact_start
    FROM session s
  )
  SELECT w.tenant_id, count(*) FILTER (WHERE NOT w.is_owner)::integer,
    coalesce(extract(epoch FROM clock_timestamp() - min(w.xact_start)), 0)::float8
  FROM whose w WHERE w.tenant_id IS NOT NULL GROUP BY 1
$$;
