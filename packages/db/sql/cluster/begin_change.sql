-- The opening of every function that changes a living tenant: forward it is enter_step, backward it ends what older
-- attempts left, takes the lane for the way back and forgets that the step was done. True when the change is to be made.
-- TN002  a newer attempt has been recorded, or this very attempt has begun to undo
-- TN004  no such tenant, or it has been dropped
CREATE OR REPLACE FUNCTION tenantry.begin_change(
  p_tenant text, p_operation text, p_fence bigint, p_step text, p_undo boolean
) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM tenantry.tenant WHERE tenant_id = p_tenant AND dropped_at IS NULL) THEN
    RAISE 'no tenant % in this database', p_tenant USING ERRCODE = 'TN004';
  END IF;
  IF NOT p_undo THEN
    RETURN tenantry.enter_step(p_tenant, p_operation, p_fence, p_step);
  END IF;
  PERFORM tenantry.end_older_sessions(p_tenant, p_fence);
  PERFORM tenantry.enter_undo(p_tenant, p_operation, p_fence);
  DELETE FROM tenantry.ledger WHERE operation_id = p_operation AND step = p_step;
  RETURN true;
END $$;
