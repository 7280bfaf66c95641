-- Takes the fingerprint of an adopted schema and makes it the tenant's own: from here on it counts as one that Tenantry
-- made. Returns the fingerprint, also when the operation has done it already.
-- TN002  a newer attempt has been recorded, or this very attempt has begun to undo
-- TN004  the tenant is adopting nothing, or the schema is gone
-- TN010  p_strict, and the fingerprint is not p_expected
-- 40001  an object has been made meanwhile by somebody else
CREATE OR REPLACE FUNCTION tenantry.finish_adoption(
  p_tenant text, p_operation text, p_fence bigint, p_expected text, p_strict boolean
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
  v_fingerprint text;
BEGIN
  IF NOT tenantry.enter_step(p_tenant, p_operation, p_fence, 'adopt end') THEN
    RETURN (SELECT result ->> 'fingerprint' FROM tenantry.ledger WHERE operation_id = p_operation AND step = 'adopt end');
  END IF;
  v_lane := tenantry.adopting_lane(p_tenant);
  IF v_lane.adopted_from <> v_lane.schema OR tenantry.left_to_adopt(v_lane) > 0 THEN
    RAISE 'objects have been made in % meanwhile', v_lane.adopted_from USING ERRCODE = '40001';
  END IF;
  v_fingerprint := tenantry.fingerprint(v_lane.schema);
  IF p_strict AND v_fingerprint <> p_expected THEN
    RAISE 'fingerprint % of % is not %', v_fingerprint, v_lane.schema, p_expected USING ERRCODE = 'TN010';
  END IF;
  UPDATE tenantry.tenant SET schema_created_at = clock_timestamp() WHERE tenant_id = p_tenant;
  PERFORM tenantry.record_step(p_tenant, p_operation, p_fence, 'adopt end', jsonb_build_object('fingerprint', v_fingerprint));
  RETURN v_fingerprint;
END $$;
