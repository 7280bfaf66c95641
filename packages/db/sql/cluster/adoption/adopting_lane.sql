-- The lane of a tenant that is adopting a schema, with the schema's present name in adopted_from. Ask under the lane's lock.
-- TN004  the tenant adopts nothing, or the schema is gone
CREATE OR REPLACE FUNCTION tenantry.adopting_lane(p_tenant text) RETURNS tenantry.tenant
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
  v_name name;
BEGIN
  SELECT * INTO v_lane FROM tenantry.tenant WHERE tenant_id = p_tenant AND dropped_at IS NULL;
  IF v_lane.adopted_oid IS NULL OR v_lane.schema_created_at IS NOT NULL THEN
    RAISE 'tenant % is adopting no schema', p_tenant USING ERRCODE = 'TN004';
  END IF;
  SELECT nspname INTO v_name FROM pg_namespace WHERE oid = v_lane.adopted_oid;
  IF v_name IS NULL THEN
    RAISE 'the schema % is gone', v_lane.adopted_from
      USING ERRCODE = 'TN004', HINT = 'Somebody dropped it while it was being adopted.';
  END IF;
  v_lane.adopted_from := v_name;
  RETURN v_lane;
END $$;
