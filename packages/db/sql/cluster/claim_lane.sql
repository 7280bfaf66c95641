-- Locks the tenant's lane for a step forward, records the attempt there, and returns the lane as it was.
-- TN002  a newer attempt has been recorded, or this very attempt has begun to undo
-- TN004  no such tenant
CREATE OR REPLACE FUNCTION tenantry.claim_lane(p_tenant text, p_operation text, p_fence bigint)
RETURNS tenantry.tenant
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant := tenantry.lock_lane(p_tenant, p_fence);
BEGIN
  IF p_fence <= v_lane.undone_fence THEN
    RAISE 'stale attempt: fence % of tenant % has been undone', p_fence, p_tenant USING ERRCODE = 'TN002';
  END IF;
  UPDATE tenantry.tenant SET fence = p_fence, operation_id = p_operation WHERE tenant_id = p_tenant;
  RETURN v_lane;
END $$;
