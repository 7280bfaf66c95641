-- Called by the tenant's owner, last in the transaction: records the step as done. Only the nonce proves that the
-- worker speaks and not the script, which runs in the same session; the database keeps its hash alone.
-- 28000  not armed for this operation, or the nonce is wrong: a forged completion
-- 23505  the step is done already
CREATE OR REPLACE FUNCTION tenantry.finish(p_operation text, p_step text, p_nonce bytea, p_result jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant := tenantry.own_lane(p_operation);
BEGIN
  IF sha256(p_nonce) IS DISTINCT FROM v_lane.nonce_hash THEN
    RAISE 'forged completion of % in operation %', p_step, p_operation USING ERRCODE = '28000';
  END IF;
  PERFORM tenantry.record_step(v_lane.tenant_id, p_operation, v_lane.fence, p_step, p_result);
END $$;
