-- Makes the tenant's schema, owned by the installer, and gives each role its part: the owner may use it and create in
-- it; what the owner creates, the writer may insert into and update, the app may read, delete and truncate. Nobody
-- else gets in. False when the operation has done it already.
-- TN002  stale attempt
-- TN004  the tenant has no roles yet
-- TN005  a schema of that name exists and is not ours
CREATE OR REPLACE FUNCTION tenantry.create_tenant_schema(p_tenant text, p_operation text, p_fence bigint)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_lane tenantry.tenant;
BEGIN
  IF NOT tenantry.enter_step(p_tenant, p_operation, p_fence, 'schema') THEN
    RETURN false;
  END IF;
  SELECT * INTO v_lane FROM tenantry.tenant WHERE tenant_id = p_tenant;
  IF v_lane.dropped_at IS NOT NULL THEN
    RAISE 'tenant % has no roles', p_tenant USING ERRCODE = 'TN004', HINT = 'Run create_tenant_roles first.';
  END IF;
  IF to_regnamespace(quote_ident(v_lane.schema)) IS NOT NULL THEN
    RAISE 'a schema % exists already', v_lane.schema
      USING ERRCODE = 'TN005', HINT = 'Somebody made it by hand: move it away, or choose another slug.';
  END IF;

  EXECUTE format('CREATE SCHEMA %I', v_lane.schema);
  PERFORM tenantry.grant_tenant_schema(v_lane);

  UPDATE tenantry.tenant SET schema_created_at = clock_timestamp() WHERE tenant_id = p_tenant;
  PERFORM tenantry.record_step(p_tenant, p_operation, p_fence, 'schema');
  RETURN true;
END $$;
