-- True when the step is to be done now, false when it has been done already. Holds the tenant's lane until the
-- transaction ends. The ledger is read after the lock: an attempt whose client died may have been committing.
-- TN002  a newer attempt has been recorded, or this very attempt has begun to undo
-- TN004  no such tenant
CREATE OR REPLACE FUNCTION tenantry.enter_step(p_tenant text, p_operation text, p_fence bigint, p_step text)
RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM tenantry.claim_lane(p_tenant, p_operation, p_fence);
  RETURN NOT EXISTS (SELECT FROM tenantry.ledger WHERE operation_id = p_operation AND step = p_step);
END $$;
