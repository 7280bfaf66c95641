-- Takes LOGIN and password from the tenant's owner and app and ends their sessions: nobody is in afterwards.
-- 55P03  a session did not end in time
CREATE OR REPLACE FUNCTION tenantry.close_roles(p_lane tenantry.tenant) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_role name;
BEGIN
  FOR v_role IN SELECT rolname FROM pg_roles WHERE rolname IN (p_lane.owner_role, p_lane.app_role, p_lane.login_role, p_lane.previous_login_role) LOOP
    EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', v_role);
  END LOOP;
  PERFORM tenantry.terminate_backends(ARRAY(
    SELECT pid FROM pg_stat_activity WHERE usename IN (p_lane.owner_role, p_lane.app_role, p_lane.login_role, p_lane.previous_login_role)
  ));
END $$;
