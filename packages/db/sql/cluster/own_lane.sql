-- Locks and returns the lane of the tenant whose owner this session logged in as, if it is armed for the operation.
-- 28000  it is not
CREATE OR REPLACE FUNCTION tenantry.own_lane(p_operation text) RETURNS tenantry.tenant
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_tenant text := (SELECT tenant_id FROM tenantry.tenant WHERE owner_role = session_user);
  v_lane tenantry.tenant;
BEGIN
  IF v_tenant IS NOT NULL THEN
    v_lane := tenantry.lock_lane(v_tenant, 9223372036854775807);
  END IF;
  IF v_lane.nonce_hash IS NULL OR v_lane.armed_until < clock_timestamp()
     OR v_lane.operation_id IS DISTINCT FROM p_operation THEN
    RAISE '% is not armed for operation %', session_user, p_operation USING ERRCODE = '28000';
  END IF;
  RETURN v_lane;
END $$;
