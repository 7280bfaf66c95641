-- Takes LOGIN and password from the tenant's owner and app and ends their sessions here: nobody is in afterwards. Roles
-- that are at work in another database of this server keep theirs; the tenant moves, and is closed here by its schema.
-- 55P03  a session did not end in time
CREATE OR REPLACE FUNCTION tenantry.close_roles(p_lane tenantry.tenant) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_role name;
BEGIN
  IF NOT tenantry.is_shared(p_lane.owner_role) THEN
    FOR v_role IN SELECT rolname FROM pg_roles WHERE rolname IN (p_lane.owner_role, p_lane.app_role, p_lane.login_role, p_lane.previous_login_role) LOOP
      EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', v_role);
    END LOOP;
  END IF;
  PERFORM tenantry.terminate_backends(ARRAY(
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename IN (p_lane.owner_role, p_lane.app_role, p_lane.login_role, p_lane.previous_login_role)
  ));
END $$;
