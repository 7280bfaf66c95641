-- Called by the tenant's owner in its own session, first in the transaction: takes the tenant's lane, and says whether
-- the step is to be done (true) or has been done (false). It never raises the fence, so a script that calls it can
-- neither outrun its own successor nor gain anything.
-- TN002  a newer attempt has taken over, or this one has begun to undo
-- 28000  the session is not an owner that is armed for this operation
CREATE OR REPLACE FUNCTION tenantry.begin_op(p_operation text, p_fence bigint, p_step text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant := tenantry.own_lane(p_operation);
BEGIN
  IF p_fence IS DISTINCT FROM v_lane.fence OR p_fence <= v_lane.undone_fence THEN
    RAISE 'stale attempt: fence % of tenant % is behind %', p_fence, v_lane.tenant_id, v_lane.fence
      USING ERRCODE = 'TN002';
  END IF;
  RETURN NOT EXISTS (SELECT FROM tenantry.ledger WHERE operation_id = p_operation AND step = p_step);
END $$;
