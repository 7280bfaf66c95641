-- The way back of an adoption that did not come to its end: takes its last step back, whatever operation made it, if that is
-- one like p_step ('adopt end', 'adopt schema', 'adopt #%', 'adopt begin', or '%' for any). The schema is somebody else's
-- again at once; then it gets its name, owner and privileges back, then its objects theirs. True when there was something
-- to take back: call again until there is not. Drops nothing, ever. Not for tenants that are active.
-- TN002  a newer attempt has been recorded
-- 42704  a role that owned something is gone
-- 42P06  a schema of the old name has been made meanwhile
-- 55P03  an object stayed locked
CREATE OR REPLACE FUNCTION tenantry.give_back_schema(p_tenant text, p_operation text, p_fence bigint, p_step text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  v_lane tenantry.tenant;
  v_done tenantry.ledger;
  v_there boolean;
  v_was jsonb;
BEGIN
  PERFORM tenantry.end_older_sessions(p_tenant, p_fence);
  v_lane := tenantry.enter_undo(p_tenant, p_operation, p_fence);
  SELECT * INTO v_done FROM tenantry.ledger l WHERE l.tenant_id = p_tenant AND l.step LIKE 'adopt %'
    ORDER BY l.step <> 'adopt end', l.step <> 'adopt schema', l.step = 'adopt begin', substring(l.step, '[0-9]+')::integer DESC
    LIMIT 1;
  IF v_lane.adopted_from IS NULL OR v_done.step NOT LIKE p_step THEN
    RETURN false;
  END IF;
  UPDATE tenantry.tenant SET schema_created_at = NULL WHERE tenant_id = p_tenant;
  v_there := EXISTS (SELECT FROM pg_namespace WHERE oid = v_lane.adopted_oid);
  IF v_done.step = 'adopt schema' AND v_there THEN
    PERFORM tenantry.restore_schema(v_lane, v_done.result);
    -- For the last step back, which ends the sessions of these roles once this has committed.
    UPDATE tenantry.ledger SET result = result || jsonb_build_object('changed', v_done.result #> '{told,roles}')
      WHERE tenant_id = p_tenant AND step = 'adopt begin';
  ELSIF v_done.step LIKE 'adopt #%' AND v_there THEN
    FOR v_was IN SELECT * FROM jsonb_array_elements(v_done.result) LOOP
      PERFORM tenantry.unfit_object(v_lane, v_was);
    END LOOP;
  ELSIF v_done.step = 'adopt begin' THEN
    PERFORM tenantry.terminate_backends(ARRAY(
      SELECT pid FROM pg_stat_activity WHERE datname = current_database()
        AND usename IN (SELECT jsonb_array_elements_text(v_done.result -> 'changed'))));
    UPDATE tenantry.tenant SET adopted_from = NULL, adopted_oid = NULL WHERE tenant_id = p_tenant;
  END IF;
  DELETE FROM tenantry.ledger WHERE operation_id = v_done.operation_id AND step = v_done.step;
  RETURN true;
END $$;
