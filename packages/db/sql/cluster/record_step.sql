-- Writes the step's ledger row, to commit together with the step's effect. A way back may be walked twice, so its row
-- is renewed; a step forward is recorded once, and a second time is a breach of the protocol.
-- 23505  the step is in the ledger already
CREATE OR REPLACE FUNCTION tenantry.record_step(
  p_tenant text, p_operation text, p_fence bigint, p_step text, p_result jsonb DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_step LIKE 'undo %' THEN
    DELETE FROM tenantry.ledger WHERE operation_id = p_operation AND step = p_step;
  END IF;
  INSERT INTO tenantry.ledger (operation_id, step, tenant_id, fence, result)
    VALUES (p_operation, p_step, p_tenant, p_fence, p_result);
END $$;
