-- Ends every session that the product has as the tenant in this database. Safe to repeat; returns how many were ended.
-- TN002  a newer attempt has been recorded
-- TN004  no such tenant
-- 55P03  a session did not end in time
CREATE OR REPLACE FUNCTION tenantry.end_app_sessions(p_tenant text, p_fence bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant := tenantry.lock_lane(p_tenant, p_fence);
BEGIN
  PERFORM pg_stat_clear_snapshot();
  RETURN tenantry.terminate_backends(ARRAY(
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND usename IN (v_lane.app_role, v_lane.login_role, v_lane.previous_login_role)
  ));
END $$;
