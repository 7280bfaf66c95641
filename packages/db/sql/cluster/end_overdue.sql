-- The watchdog's blow: ends the sessions of one tenant's owner, whatever the fence, and closes the owner. Sessions first,
-- because one of them may hold the lane; then the lane, because another attempt may be arming; then whoever came in
-- between. Termination, not cancelling: a script can catch a cancelled query and go on.
-- Returns how many sessions were ended.
-- TN004  no such tenant
-- 55P03  a session did not end in time, or the lane stayed locked: try again
CREATE OR REPLACE FUNCTION tenantry.end_overdue(p_tenant text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  v_owner name := (SELECT owner_role FROM tenantry.tenant WHERE tenant_id = p_tenant);
  v_count integer;
BEGIN
  IF v_owner IS NULL THEN
    RAISE 'no tenant % in this database', p_tenant USING ERRCODE = 'TN004';
  END IF;
  v_count := tenantry.terminate_backends(ARRAY(SELECT pid FROM pg_stat_activity WHERE usename = v_owner AND datname = current_database()));
  PERFORM FROM tenantry.tenant WHERE tenant_id = p_tenant FOR UPDATE;
  PERFORM tenantry.close_owner(v_owner);
  PERFORM pg_stat_clear_snapshot();
  RETURN v_count + tenantry.terminate_backends(ARRAY(SELECT pid FROM pg_stat_activity WHERE usename = v_owner AND datname = current_database()));
END $$;
