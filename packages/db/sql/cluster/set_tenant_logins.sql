-- Lets the product log in as the tenant, or not. Blocking takes LOGIN from both of its login roles; allowing gives it to
-- the current one, and to the previous one while that is still valid. Sessions that are there stay: see end_app_sessions.
-- TN002  a newer attempt has been recorded
-- TN004  no such tenant
CREATE OR REPLACE FUNCTION tenantry.set_tenant_logins(
  p_tenant text, p_operation text, p_fence bigint, p_step text, p_undo boolean, p_allowed boolean
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
  v_role name;
BEGIN
  IF NOT tenantry.begin_change(p_tenant, p_operation, p_fence, p_step, p_undo) THEN
    RETURN false;
  END IF;
  SELECT * INTO v_lane FROM tenantry.tenant WHERE tenant_id = p_tenant;
  FOREACH v_role IN ARRAY ARRAY[v_lane.login_role, v_lane.previous_login_role] LOOP
    CONTINUE WHEN v_role IS NULL;
    EXECUTE format('ALTER ROLE %I %s', v_role, CASE WHEN p_allowed THEN 'LOGIN' ELSE 'NOLOGIN' END);
  END LOOP;
  UPDATE tenantry.tenant
    SET blocked_at = CASE WHEN p_allowed THEN NULL ELSE coalesce(blocked_at, clock_timestamp()) END
    WHERE tenant_id = p_tenant;
  PERFORM tenantry.end_change(p_tenant, p_operation, p_fence, p_step, p_undo);
  RETURN true;
END $$;
