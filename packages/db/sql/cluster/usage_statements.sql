-- What pg_stat_statements has counted of each tenant's roles in this database; no rows where it is not there. It forgets
-- the least used statements when it is full, so that sums can fall without a reset.
--   transactions  those that the tenant ended itself, by COMMIT or ROLLBACK: nothing counts the others by role
CREATE OR REPLACE FUNCTION tenantry.usage_statements() RETURNS TABLE (
  tenant_id text, calls bigint, seconds double precision, temp_bytes bigint, transactions bigint
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_statements text := tenantry.statements_function('pg_stat_statements');
BEGIN
  IF v_statements IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY EXECUTE format($sql$
    WITH counted AS (
      SELECT s.userid, sum(s.calls) AS calls, sum(s.total_exec_time) / 1000 AS seconds,
        sum(s.temp_blks_written) * current_setting('block_size')::bigint AS temp_bytes,
        sum(s.calls) FILTER (WHERE s.query ~* '^\s*(commit|end|rollback|abort)\M') AS transactions
      FROM %s(true) s WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) GROUP BY 1
    ),
    whose AS (
      SELECT coalesce(
          substring(r.rolname FROM '^(tn_[0-9a-z]{26})(?:_app(?:_[ab])?)?$'),
          (SELECT left(g.rolname, 29) FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
           WHERE m.member = r.oid AND g.rolname ~ '^tn_[0-9a-z]{26}_app$' LIMIT 1)) AS tenant_id, c.*
      FROM counted c JOIN pg_roles r ON r.oid = c.userid
    )
    SELECT w.tenant_id, sum(w.calls)::bigint, sum(w.seconds)::float8, sum(w.temp_bytes)::bigint,
      coalesce(sum(w.transactions), 0)::bigint
    FROM whose w WHERE w.tenant_id IS NOT NULL GROUP BY 1$sql$, v_statements);
EXCEPTION WHEN object_not_in_prerequisite_state THEN
  -- The extension is there, its library is not loaded.
  RETURN;
END $$;
