-- Makes p_fence the only attempt: ends what older attempts left running, records the fence, and takes LOGIN from the
-- owner. After it returns nothing older can begin. Called when an operation is claimed. Returns how many were ended.
-- TN002  a newer attempt has been recorded
-- 55P03  a session did not end in time
CREATE OR REPLACE FUNCTION tenantry.end_sessions(p_tenant text, p_fence bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_count integer := tenantry.end_older_sessions(p_tenant, p_fence);
  v_lane tenantry.tenant;
BEGIN
  IF NOT EXISTS (SELECT FROM tenantry.tenant WHERE tenant_id = p_tenant) THEN
    RETURN 0;
  END IF;
  v_lane := tenantry.lock_lane(p_tenant, p_fence);
  UPDATE tenantry.tenant SET fence = p_fence, nonce_hash = NULL, armed_until = NULL WHERE tenant_id = p_tenant;
  -- The owner of a tenant that has moved within this server may be armed where it is now.
  IF v_lane.armed_until IS NOT NULL OR NOT tenantry.is_shared(v_lane.owner_role) THEN
    PERFORM tenantry.close_owner(v_lane.owner_role);
  END IF;
  RETURN v_count;
END $$;
