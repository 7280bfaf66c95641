-- The close of every function that changes a living tenant: forward the ledger row, backward nothing.
CREATE OR REPLACE FUNCTION tenantry.end_change(
  p_tenant text, p_operation text, p_fence bigint, p_step text, p_undo boolean, p_result jsonb DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT p_undo THEN
    PERFORM tenantry.record_step(p_tenant, p_operation, p_fence, p_step, p_result);
  END IF;
END $$;
