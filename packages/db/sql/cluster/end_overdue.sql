-- The watchdog's blow: closes the owner of one tenant and ends its sessions, whatever the fence. Takes no lane lock,
-- because the session to end may hold it. Termination, not cancelling: a script can catch a cancelled query and go on.
-- Returns how many sessions were ended.
-- TN004  no such tenant
-- 55P03  a session did not end in time
CREATE OR REPLACE FUNCTION tenantry.end_overdue(p_tenant text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_owner name := (SELECT owner_role FROM tenantry.tenant WHERE tenant_id = p_tenant);
BEGIN
  IF v_owner IS NULL THEN
    RAISE 'no tenant % in this database', p_tenant USING ERRCODE = 'TN004';
  END IF;
  PERFORM tenantry.close_owner(v_owner);
  RETURN tenantry.terminate_backends(ARRAY(SELECT pid FROM pg_stat_activity WHERE usename = v_owner));
END $$;
